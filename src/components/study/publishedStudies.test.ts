// Studies that come with the page: the list and one of them, whatever the server gives.
import { expect, it } from "vitest";
import { STUDY, trainedFor } from "../../testing/studyBench.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { studyResults } from "../../core/study/results/studyResults.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { publishedStudies, publishedStudy } from "./publishedStudies.ts";

const listed = {
  name: "triangle-classroom",
  title: "The triangle",
  headline: "Undecided.",
  runs: 60,
  bytes: 9,
};

it("lists what the index has, and nothing where there is none or it is no list of studies", async () => {
  expect(await publishedStudies(() => Promise.resolve([listed]))).toMatchObject([
    { name: listed.name, runs: 60 },
  ]);
  expect(await publishedStudies(() => Promise.reject(new Error("404")))).toEqual([]);
  for (const odd of ["<html>", null, [{ ...listed, name: "../secret" }], [{}]])
    expect(await publishedStudies(() => Promise.resolve(odd))).toEqual([]);
});

it("reads a study with its results as they were written", async () => {
  const runs = studyRuns(STUDY).map((run) => collectRun(run, trainedFor(run).record));
  const asked: string[] = [];
  const read = (path: string) => {
    asked.push(path);
    return Promise.resolve(JSON.parse(JSON.stringify(studyResults(STUDY, { runs, missing: [] }))) as unknown);
  };
  const { study, result } = await publishedStudy("two-mixes", read);
  expect([asked, study.title, result.runs.length]).toEqual([["studies/two-mixes.json"], STUDY.title, 4]);
  await expect(publishedStudy("odd", () => Promise.resolve({}))).rejects.toThrow(
    /^odd: is no study with results/,
  );
});
