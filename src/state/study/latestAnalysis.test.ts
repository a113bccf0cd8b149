// Questions about a study that come faster than answers.
import { expect, it } from "vitest";
import { analyse } from "../../core/study/analysis/analyse.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import { STUDY, trainedFor } from "../../testing/studyBench.ts";
import { latestAnalysis, type AnsweredStudy } from "./latestAnalysis.ts";

const runs = studyRuns(STUDY).map((run) => collectRun(run, trainedFor(run).record));
const after = (n: number) => ({ study: STUDY, result: { runs: runs.slice(0, n), missing: [] } });

it("asks the last of those that came while one was answered, and goes on after a failure", async () => {
  const open: { n: number; resolve: (analysis: StudyAnalysis) => void; reject: (error: Error) => void }[] =
    [];
  const answers: AnsweredStudy[] = [];
  const troubles: string[] = [];
  const want = latestAnalysis(
    { onAnswer: (one) => answers.push(one), onTrouble: (sentence) => troubles.push(sentence) },
    ({ result }) => new Promise((resolve, reject) => open.push({ n: result.runs.length, resolve, reject })),
  );
  const rest = () => new Promise((resolve) => setTimeout(resolve));
  for (const n of [1, 2, 3]) want(after(n));
  open[0]!.resolve(analyse(STUDY, after(1).result));
  await rest();
  expect(open.map(({ n }) => n)).toEqual([1, 3]);
  open[1]!.reject(new Error("the worker stopped"));
  await rest();
  want(after(4));
  expect(open.map(({ n }) => n)).toEqual([1, 3, 4]);
  open[2]!.resolve(analyse(STUDY, after(4).result));
  await rest();
  expect(answers.map(({ result }) => result.runs.length)).toEqual([1, 4]);
  expect(troubles).toEqual(["the worker stopped"]);
});

it("is plain data, as messages between threads carry it", () => {
  const found = analyse(STUDY, after(4).result);
  expect(structuredClone(found)).toEqual(found);
});
