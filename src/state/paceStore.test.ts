import { expect, it } from "vitest";
import { createPaceStore } from "./paceStore.ts";

it("is unknown until it is measured, kept for the next visit, and nothing that no device has", () => {
  const kept = { text: null as string | null };
  const storage = { getItem: () => kept.text, setItem: (_: string, text: string) => void (kept.text = text) };
  const { getState } = createPaceStore(storage);
  expect(getState().pace).toBeUndefined();
  getState().take(4.5);
  for (const odd of [0, -1, NaN, 1e5]) getState().take(odd);
  expect(createPaceStore(storage).getState().pace).toBe(4.5);
  for (kept.text of ["", "fast", "-2", "1e9"])
    expect(createPaceStore(storage).getState().pace).toBeUndefined();
  const { getState: later } = createPaceStore(undefined);
  later().take(1e5);
  expect(later().pace).toBe(1); // the table's
});
