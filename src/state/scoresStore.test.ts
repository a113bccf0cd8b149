// The latest scores stand, and stay while newer ones cannot be had.
import { expect, it } from "vitest";
import type { BatchScores } from "../core/run/views.ts";
import { createFakeLab } from "../testing/fakeLab.ts";
import { createScoresStore } from "./scoresStore.ts";
import { createWorkersStore } from "./workersStore.ts";

const scoresOf = (runId: string, step: number): BatchScores => ({
  runId,
  step,
  kind: "mono",
  size: 0,
  temperature: 0.05,
  taught: false,
  rows: [],
  answers: [],
  cosines: new Float32Array(0),
  shares: new Float32Array(0),
  pulls: new Float32Array(0),
  roles: new Uint8Array(0),
});

it("keeps what the worker says last, also beside a refusal", async () => {
  let step = 0;
  const { client, asked } = createFakeLab({
    batchScores: ({ runId }) => {
      if (step === 2) throw new Error("this run is no longer in the trainer");
      return scoresOf(runId, ++step);
    },
  });
  const store = createScoresStore(createWorkersStore(() => client));
  expect(store.getState()).toMatchObject({ status: "idle", picture: "pairs" });
  const { look } = store.getState();
  await Promise.all([look("a"), look("a")]);
  expect(asked.filter(({ name }) => name === "batchScores")[1]!.params).toEqual({ runId: "a" });
  expect(store.getState()).toMatchObject({ status: "answered", scores: { runId: "a", step: 2 } });
  await look("a");
  expect(store.getState()).toMatchObject({ status: "failed", scores: { step: 2 } });
});
