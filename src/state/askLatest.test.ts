// Of several questions only the latest may change what is shown.
import { describe, expect, it } from "vitest";
import { askLatest } from "./askLatest.ts";

interface Shown {
  readonly answer?: number | undefined;
}

function asker() {
  let state: object = { status: "idle" };
  const latest = askLatest<Shown>((part) => (state = { ...state, ...part }));
  return { ...latest, state: () => state };
}

describe("askLatest", () => {
  it("files the latest answer, whichever comes first", async () => {
    const { ask, state } = asker();
    let answerFirst = (_: Shown) => {};
    const first = ask(() => new Promise((resolve) => (answerFirst = resolve)));
    expect(state()).toMatchObject({ status: "asking" });
    await ask(() => Promise.resolve({ answer: 2 }));
    answerFirst({ answer: 1 });
    await first;
    expect(state()).toEqual({ status: "answered", answer: 2, error: undefined });
  });

  it("tells a failure in its sentence and keeps the last answer", async () => {
    const { ask, state } = asker();
    await ask(() => Promise.resolve({ answer: 1 }));
    await ask(() => Promise.reject(new Error("no weights")));
    expect(state()).toEqual({ status: "failed", answer: 1, error: "no weights" });
  });

  it("drops what is still to come once it was told to forget", async () => {
    const { ask, forget, state } = asker();
    const asked = ask(() => Promise.resolve({ answer: 1 }));
    forget({ answer: undefined });
    await asked;
    expect(state()).toEqual({ status: "idle", answer: undefined, error: undefined });
  });
});
