// When a plan is checked: a run that loads comes first.
import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { createMemoryStore } from "../../training/data/shardStore.ts";
import { writeShards } from "../../training/data/writeShards.ts";
import { createPlanHost } from "./planHost.ts";

it("answers the form once a run has loaded, and a study at once", async () => {
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "Toy", licence: "", citation: "", source: "", languages: ["en"] };
  await writeShards(facts, [], await store.sink("toy"));
  const { handlers, holdBack } = createPlanHost((id) => Promise.resolve(store.source(id)));
  const spec = {
    ...DEFAULT_SPEC,
    data: { ...DEFAULT_SPEC.data, train: "toy" },
    languages: { ...DEFAULT_SPEC.languages, train: { en: 1 }, eval: ["en"] },
  };
  const goOn = holdBack();
  const told: string[] = [];
  const form = Promise.resolve(handlers.checkPlan({ spec })).then(() => told.push("form"));
  await Promise.resolve(handlers.checkPlan({ spec, starting: true })).then(() => told.push("study"));
  told.push("loaded");
  goOn();
  await form;
  expect(told).toEqual(["study", "loaded", "form"]);
});
