// A browser backed up and restored: into an empty one, into itself, from a file that was altered, forged or cut.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { packRow, unpackRow } from "../../core/backup/backupFile.ts";
import { reportSentences } from "../../core/backup/restoreReport.ts";
import { createArchive, readArchive } from "../../core/backup/tarArchive.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { writtenRecord, type RunRecord } from "../../core/record/runRecord.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { parseStoredRun } from "../../core/record/storedRun.ts";
import { newQueue } from "../../core/study/studyQueue.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { runKey } from "../../core/study/study.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { STUDY, trainedFor } from "../../testing/studyBench.ts";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { fromRecord, newRun, toStoredRun, type LoadedDetail, type Run } from "../run/run.ts";
import { openRunStorage, type RunStorage } from "../run/runStorage.ts";
import { studyKeys } from "../study/heldStudy.ts";
import { toStoredResult, toStoredStart, toStoredStudy } from "../study/storedStudy.ts";
import { openStudyStorage, type StudyStorage } from "../study/studyStorage.ts";
import { adoptedPreferences, preferencesText } from "./backedPreferences.ts";
import { restoreBackup } from "./restoreBackup.ts";
import { writeBackup } from "./writeBackup.ts";
import { parsePreferences } from "../preferencesStore.ts";

let runs: RunStorage;
let studies: StudyStorage;
/** A browser that has never been here. */
const openFresh = async () => {
  globalThis.indexedDB = new IDBFactory();
  runs = await openRunStorage({ onLost: () => undefined, onLate: () => undefined });
  studies = await openStudyStorage();
};
beforeEach(openFresh);

const RECORD = fittingRecord(testValues, testValues);
const other = fittingRecord(testValues, testValues, { realised: { mono: 19, en: 1280 } });
const INIT = { name: "mine", named: true, colour: 0, createdAt: 5, presetName: "hybrid" } as const;

function endedRun(id: string, record: RunRecord = RECORD, part: Partial<Run> = {}) {
  const { points } = record;
  const run = fromRecord({ ...INIT, id }, record, {
    points: appendPoints(NO_POINTS, points),
    summary: updateSummary({}, points),
    queryValues: testValues,
    startValues: testValues,
  });
  return { ...run, startKey: "the start", ...part };
}
const keep = (run: Run) => runs.save(toStoredRun(run), run.detail as LoadedDetail);

async function keepStudy(id: string, n: number, seeds = STUDY.seeds): Promise<void> {
  const study = { ...STUDY, seeds };
  const queue = newQueue(studyKeys(study));
  const held = {
    id,
    createdAt: 3,
    study,
    isPaused: false,
    queue,
    done: new Set<string>(),
    going: {},
    seconds: [],
  };
  await studies.save(id, toStoredStudy(held));
  for (const run of studyRuns(study).slice(0, n)) {
    const trained = { ...trainedFor(run), start: { key: "s", values: testValues } };
    const start = { key: "s", value: toStoredStart(testValues) };
    await studies.saveResult(id, runKey(run), toStoredResult(runKey(run), trained), start);
  }
}

const written = async () => {
  const found = (await runs.list()).filter(({ deletedAt }) => deletedAt === undefined);
  const kept = { datasets: [], encoders: [], notes: [] };
  const page = { draft: "v=1", preferences: preferencesText() };
  const sources = {
    runs: found,
    runStorage: runs,
    studies: await studies.list(),
    studyStorage: studies,
    kept,
    page,
  };
  const { file, notes } = await writeBackup(sources, false, 9);
  expect(notes).toEqual([]);
  return file;
};
const nothing = { request: () => Promise.reject(new Error("no workers here")) } as never;
const restored = async (file: Blob) => {
  const { report } = await restoreBackup(file, "b.tar", { runs, studies, data: nothing });
  return { sentences: reportSentences(report), said: report.said };
};
/** The same archive with one row read, changed and written again. */
async function altered(file: Blob, name: string, alter: (row: never) => unknown): Promise<Blob> {
  const archive = createArchive();
  const { entries } = await readArchive(file);
  expect(entries.map((entry) => entry.name)).toContain(name);
  for (const entry of entries) {
    const { name: own, content } = entry;
    const row = own === name ? await packRow(alter((await unpackRow(content, own)) as never)) : content;
    archive.add(own, row);
  }
  return archive.blob();
}
const rowOf = async (id: string) => {
  const found = (await runs.read(id))!;
  return parseStoredRun(found.value, id);
};

describe("a backup", () => {
  it("brings everything back into an empty browser, and nothing twice", async () => {
    await keep(endedRun("a", RECORD, { note: "a note", tags: ["x"], starred: true }));
    const points = appendPoints(NO_POINTS, [{ step: 0, metric: "map/multi", value: 0.1 }]);
    const cut = newRun({ ...INIT, id: "b", spec: testRecord.spec });
    await keep({ ...cut, status: "interrupted", step: 3, detail: { state: "loaded", points } });
    await keepStudy("study-1", 3);
    const file = await written();
    await openFresh();
    expect(await restored(file)).toEqual({
      sentences: ["Added: 2 runs, 1 study, 3 runs of studies."],
      said: ["“Two mixes” has runs to come: it is paused until you let it go on."],
    });
    expect(await rowOf("a")).toMatchObject({
      note: "a note",
      tags: ["x"],
      starred: true,
      name: "mine",
      digest: RECORD.digest,
    });
    expect(await rowOf("b")).toMatchObject({
      status: "interrupted",
      step: 3,
      summary: { "map/multi": { now: 0.1 } },
    });
    const start = await runs.start((await rowOf("a")).startKey!);
    expect(start).toEqual(toStoredStart(testValues));
    const [study] = await studies.list();
    expect([study!.id, study!.done.size, study!.value]).toMatchObject(["study-1", 3, { isPaused: true }]);
    expect(await restored(file)).toEqual({
      sentences: ["Added: nothing.", "Here already: 2 runs, 1 study, 3 runs of studies."],
      said: [],
    });
    expect(await written()).toHaveProperty("size"); // and what was restored can be backed up again
  });

  it("keeps both where one name has two contents, each once, and adds labels that are lacking here", async () => {
    await keep(endedRun("a", other, { name: "theirs", note: "b" }));
    await keep(endedRun("c", RECORD, { note: "of c", tags: ["y"] }));
    await keepStudy("study-1", 4);
    const file = await written();
    await openFresh();
    await keep(endedRun("a"));
    await keep(endedRun("c", RECORD, { tags: ["z"] }));
    await keepStudy("study-1", 1);
    for (const first of [true, false]) {
      const { sentences, said } = await restored(file);
      expect(said).toEqual(
        first ? ["“theirs” is here with other content: that of the backup is kept as a run beside it."] : [],
      );
      expect(sentences.join(" ")).toBe(
        first
          ? "Added: 3 runs of studies. Kept beside what has their names here: 1 run. Here already: 1 run, 1 study, 1 run of a study."
          : "Added: nothing. Here already: 2 runs, 1 study, 4 runs of studies.",
      );
    }
    expect((await runs.list()).map(({ id }) => id)).toEqual(["a", `a-${other.digest.slice(0, 12)}`, "c"]);
    expect(await rowOf("c")).toMatchObject({ note: "of c", tags: ["z", "y"] });
    expect((await studies.list())[0]!.done.size).toBe(4);
  });

  it("brings back a run that was deleted, and a study's seeds that are lacking here", async () => {
    await keep(endedRun("a"));
    await keepStudy("study-1", 6, [0, 1, 2]);
    const file = await written();
    await runs.mark(["a"], 1);
    await runs.remove(["a"]);
    await studies.remove("study-1");
    await keepStudy("study-1", 4);
    expect((await restored(file)).sentences).toEqual([
      "Added: 1 run, 2 runs of studies.",
      "Here already: 1 study, 4 runs of studies.",
    ]);
    expect((await studies.read("study-1"))!.value).toMatchObject({ study: { seeds: [0, 1, 2] } });
  });

  it("tells what was altered, forged or is of another form in a sentence each, and restores the rest", async () => {
    for (const id of ["a", "b", "c", "d"]) await keep(endedRun(id));
    await keepStudy("study-1", 4);
    let file = await written();
    const record = (row: { detail: { record: RunRecord } }) => row.detail.record;
    file = await altered(file, "runs/0.json.gz", (row: { detail: { record: RunRecord } }) => {
      (record(row).realised as Record<string, number>)["mono"] = 1;
      return row;
    });
    file = await altered(file, "runs/1.json.gz", (row: { value: object }) => ({
      ...row,
      value: {
        ...row.value,
        summary: { "map/multi": { now: 0.99, step: 20 } },
        finalTest: undefined,
        step: 9999,
      },
    }));
    file = await altered(file, "runs/2.json.gz", (row: { value: object }) => ({
      ...row,
      value: { ...row.value, format: 7 },
    }));
    file = await altered(file, "studies/0/1.json.gz", (row: { value: { detail: { record: RunRecord } } }) => {
      (record(row.value).realised as Record<string, number>)["cross"] = 1;
      return row;
    });
    await openFresh();
    const { sentences, said } = await restored(file);
    expect(sentences).toEqual(["Added: 3 runs, 1 study, 3 runs of studies."]);
    expect(said).toEqual([
      expect.stringMatching(/^“mine”: this record does not fit itself, .*; it is marked as such\.$/),
      expect.stringMatching(/^b.tar: runs\/2.json.gz: format is not as stored .*: it is not restored\.$/),
      expect.stringMatching(
        /^stored record of .*: this record does not fit itself, .*: it is not restored\.$/,
      ),
      "“Two mixes” has runs to come: it is paused until you let it go on.",
    ]);
    expect((await rowOf("b")).summary["map/multi"]?.now).toBe(0.34375); // what its record says, not its row
    expect((await rowOf("b")).step).toBe(20);
  });

  it("gives what is whole of a file that was cut, and refuses what is none", async () => {
    for (const id of ["a", "b"]) await keep(endedRun(id));
    const file = await written();
    await openFresh();
    const { entries } = await readArchive(file);
    const until = file.size - 1024 - 600; // into the last row
    const { sentences, said } = await restored(file.slice(0, until));
    expect([entries.at(-1)!.name, sentences]).toEqual(["runs/1.json.gz", ["Added: 1 run."]]);
    expect(said).toEqual(["b.tar: runs/1.json.gz is cut off: the file ends before it does."]);
    await expect(restored(new Blob(["PK"]))).rejects.toThrow(
      'b.tar: is no backup of the lab; name a file that says "hybrid-batch-lab/backup@1"',
    );
    const foreign = createArchive();
    foreign.add("backup.json", new Blob(['{"schema": "hybrid-batch-lab/runs@1"}']));
    await expect(restored(foreign.blob())).rejects.toThrow(
      /^b.tar: is no backup of the lab; its "schema" must be/,
    );
  });

  it("names entries that no backup has, writes none of them, and keeps what is here", async () => {
    await keep(endedRun("a"));
    const file = await written();
    await openFresh();
    await keep(endedRun("here"));
    const hostile = createArchive();
    for (const { name, content } of (await readArchive(file)).entries) hostile.add(name, content);
    const names = [
      "../../evil.json",
      "/etc/passwd",
      "runs/../0.json.gz",
      "studies/x/study.json.gz",
      "__proto__",
    ];
    for (const name of names) hostile.add(name, new Blob(["{}"]));
    const { sentences, said } = await restored(hostile.blob());
    expect(sentences).toEqual(["Added: 1 run."]);
    expect(said).toEqual(names.map((name) => `b.tar: "${name}" is no part of a backup: it is left out.`));
    expect((await rowOf("here")).status).toBe("finished");
    expect((await rowOf("a")).status).toBe("finished");
  });

  it("is read as the first version wrote it", async () => {
    const archive = createArchive();
    const head = { schema: "hybrid-batch-lab/backup@1", format: 1, lab: "0.2.0", createdAt: 1 };
    archive.add("backup.json", new Blob([JSON.stringify(head)]));
    const { named: _, ...row } = toStoredRun(endedRun("old")); // the oldest rows did not say
    const detail = { format: 1, id: "old", columns: [], record: writtenRecord(RECORD) };
    archive.add("run-starts/0.json.gz", await packRow(toStoredStart(testValues)));
    archive.add("runs/0.json.gz", await packRow({ id: "old", value: row, tail: [], detail, start: 0 }));
    expect((await restored(archive.blob())).sentences).toEqual(["Added: 1 run."]);
    expect(await rowOf("old")).toMatchObject({ status: "finished", digest: RECORD.digest });
  });
});

it("takes preferences over where nothing was chosen here, and never an address", () => {
  const usual = parsePreferences(null);
  const given = preferencesText({ ...usual, theme: "dark", bigText: true, hub: "https://elsewhere.example" });
  expect(adoptedPreferences(given, { ...usual, theme: "light" })).toEqual({ bigText: true });
  expect(adoptedPreferences("no", usual)).toEqual({});
});
