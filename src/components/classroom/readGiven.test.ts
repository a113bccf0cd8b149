// What a teacher gives at once: each file that cannot be read is told by name and costs none of the others.
import { expect, it } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import { RUNS_SCHEMA } from "../../core/export/runsFile.ts";
import { manyRecords } from "../../testing/manyRecords.ts";
import { readGiven } from "./readGiven.ts";

const texts = manyRecords(3).map((record) => recordJson(record));
const runsFile = (...runs: string[]) =>
  `{"schema": "${RUNS_SCHEMA}", "runs": [${runs.map((run) => `{"labels": {"name": "a", "starred": false}, "run": ${run}}`).join()}]}`;

it("a file of several runs of which one is damaged gives the others", async () => {
  const file = new File(
    [runsFile(texts[0]!, '{"schema": "hybrid-batch-lab/run@1"}', texts[1]!)],
    "runs.json",
  );
  const { results, broken } = await readGiven([file, new File([texts[2]!], "c.json")]);
  expect(results.map((result) => result.file)).toEqual(["runs.json, run 1", "runs.json, run 3", "c.json"]);
  expect(broken).toEqual([expect.stringMatching(/^runs\.json, run 2: \w+ is not as in a .* record/)]);
});

it("a file of no run is told", async () => {
  const { broken } = await readGiven([new File([runsFile()], "none.json")]);
  expect(broken).toEqual(["none.json: holds no run; name a result card, a run.json or a page of a run"]);
});

it("a folder, of which a browser says no name, is told by its name", async () => {
  const folder = new File([], "class\u202e");
  folder.arrayBuffer = () =>
    Promise.reject(new DOMException("A requested file could not be found", "NotFoundError"));
  const { results, broken } = await readGiven([folder, new File([texts[0]!], "a.json")]);
  expect(results).toHaveLength(1);
  expect(broken).toEqual([
    "class[U+202E]: cannot be read: it is a folder, of which its files can be given, or it was moved or changed meanwhile",
  ]);
});
