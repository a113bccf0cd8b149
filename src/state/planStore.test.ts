// What is said of the draft's plan: the latest answer, and nothing of a draft that contradicts itself.
import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { createFakeLab } from "../testing/fakeLab.ts";
import { createPlanStore } from "./planStore.ts";
import { createWorkersStore } from "./workersStore.ts";

const refused = { notices: [], refusal: "batch.size: too many" };

it("keeps what the worker said last", async () => {
  const answers = [{ notices: ["short"] }, refused];
  const { client } = createFakeLab({ checkPlan: () => answers.shift()! });
  const store = createPlanStore(createWorkersStore(() => client));
  const { check } = store.getState();
  await check({ spec: DEFAULT_SPEC });
  expect(store.getState()).toMatchObject({ status: "answered", notices: ["short"], refusal: undefined });
  await check({ spec: { ...DEFAULT_SPEC, seed: 2 } });
  expect(store.getState()).toMatchObject({ notices: [], refusal: "Batch size: too many" }); // in the form's words
});

it("asks nothing about a draft that contradicts itself, and forgets what was said before", async () => {
  const { client, asked } = createFakeLab({ checkPlan: () => refused });
  const store = createPlanStore(createWorkersStore(() => client));
  await store.getState().check({ spec: DEFAULT_SPEC });
  const one = { ...DEFAULT_SPEC, languages: { ...DEFAULT_SPEC.languages, train: { en: 1 } } }; // and cross batches
  await store.getState().check({ spec: one });
  expect(store.getState()).toMatchObject({ status: "idle", notices: [], refusal: undefined });
  expect(asked.filter(({ name }) => name === "checkPlan")).toHaveLength(1);
});

it("is silent where the worker knows nothing", async () => {
  const { client } = createFakeLab({
    checkPlan: () => {
      throw new Error("not in this browser");
    },
  });
  const store = createPlanStore(createWorkersStore(() => client));
  await store.getState().check({ spec: DEFAULT_SPEC });
  expect(store.getState()).toMatchObject({ status: "failed", notices: [] });
});
