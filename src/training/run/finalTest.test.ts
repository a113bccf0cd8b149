// The final test asks the test part of the very weights that the run ended with.
import { expect, it } from "vitest";
import { fitsFinalTest } from "../../core/record/finalTest.ts";
import type { EvalSplit } from "../../core/metrics/evalSplit.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { SMALL_SPEC, smallRun } from "../../testing/smallRun.ts";
import { finalTest } from "./finalTest.ts";

const languages = ["de", "en"];

const run = (split: EvalSplit, training = true) =>
  smallRun(
    { ...SMALL_SPEC, data: { ...SMALL_SPEC.data, split } },
    smallCorpus({ languages, nConcepts: 40 }),
    training,
  );

it("is of the test part, and what a run evaluated on test from the same weights measures", async () => {
  const onDev = await run("devConcepts", false); // no step: both have the start's weights
  const onTest = await run("heldOut", false);
  const test = await finalTest(onDev.resources, onDev.record);
  // 10 of 40 concepts are test, 2 questions each in 2 languages; a fifth of the other 30 is dev
  expect([onDev.record.final.queries, test.result.queries]).toEqual([6 * 2 * 2, 10 * 2 * 2]);
  expect(test.result).toEqual(onTest.record.final);
  expect(fitsFinalTest(test, onDev.record.digest)).toBe(true);
});

it("is made once, and of no run that was evaluated on test", async () => {
  const { resources, record } = await run("devConcepts");
  const tested = { ...record, finalTest: await finalTest(resources, record) };
  await expect(finalTest(resources, tested)).rejects.toThrow("this run has had its final test");
  const onTest = await run("heldOut");
  await expect(finalTest(onTest.resources, onTest.record)).rejects.toThrow("is evaluated on test already");
});
