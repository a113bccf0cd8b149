// Searching: only the latest question counts, failures are told, an empty question clears.
import { describe, expect, it } from "vitest";
import { createFakeLab } from "../testing/fakeLab.ts";
import type { SearchAnswer } from "../core/run/views.ts";
import { createWorkersStore } from "./workersStore.ts";
import { createSearchStore, MAX_QUERY_LENGTH } from "./searchStore.ts";

const answerTo = (runId: string): SearchAnswer => ({
  runId,
  step: 3,
  before: [],
  now: [],
  pool: 7,
  unknownPieces: 0,
});

describe("searchStore", () => {
  it("asks with the chosen languages and keeps what was asked", async () => {
    const fake = createFakeLab({ search: () => answerTo("r1") });
    const store = createSearchStore(createWorkersStore(() => fake.client));
    store.getState().setText("  gato ");
    store.getState().toggleLanguage("es");
    store.getState().toggleLanguage("sw");
    store.getState().toggleLanguage("es");
    await store.getState().search();
    expect(fake.asked).toEqual([{ name: "search", params: { text: "gato", languages: ["sw"], k: 10 } }]);
    expect(store.getState()).toMatchObject({ status: "answered", asked: "gato", answer: { pool: 7 } });
  });

  it("drops the answer to an earlier question that comes late", async () => {
    const open: (() => void)[] = [];
    const fake = createFakeLab({
      search: ({ text }) => new Promise((resolve) => open.push(() => resolve(answerTo(text)))),
    });
    const store = createSearchStore(createWorkersStore(() => fake.client));
    store.getState().setText("first");
    const first = store.getState().search();
    store.getState().setText("second");
    const second = store.getState().search();
    await new Promise((resolve) => setTimeout(resolve, 0));
    open[1]!();
    await second;
    open[0]!();
    await first;
    expect(store.getState().answer?.runId).toBe("second");
  });

  it("tells a failure, keeps the old answer, and clears on an empty question", async () => {
    let fails = false;
    const fake = createFakeLab({
      search: () => {
        if (fails) throw new Error("no weights yet");
        return answerTo("r1");
      },
    });
    const store = createSearchStore(createWorkersStore(() => fake.client));
    store.getState().setText("x".repeat(MAX_QUERY_LENGTH + 50));
    expect(store.getState().text).toHaveLength(MAX_QUERY_LENGTH);
    await store.getState().search();
    fails = true;
    await store.getState().search();
    expect(store.getState()).toMatchObject({
      status: "failed",
      error: "no weights yet",
      answer: { runId: "r1" },
    });
    store.getState().setText(" ");
    await store.getState().search();
    expect(store.getState()).toMatchObject({ status: "idle", answer: undefined, error: undefined });
  });
});
