// A study's zip, back to what the card reads. Hostile until read here: every file that counts is held to the hash that the crate
// has of it, records to their own digests. Writes nothing to a disk.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { canonicalJson } from "../../data/canonicalJson.ts";
import type { RecordFile } from "../../export/recordJson.ts";
import { givenJson } from "../../formats/givenText.ts";
import { inMiB } from "../../formats/limits.ts";
import { readText } from "../../formats/readText.ts";
import type { SourceFile } from "../../formats/sourceFile.ts";
import { openZip } from "../../formats/unpack.ts";
import { DataError, InputError } from "../../inputError.ts";
import { issueText } from "../../issueText.ts";
import { misfitSentence, misfitsOf } from "../../record/misfits.ts";
import { parseRunRecord } from "../../record/parseRunRecord.ts";
import { differingField } from "../../spec/differingField.ts";
import { parseQueryValues } from "../../stats/queryValues.ts";
import { collectRun } from "../collectRun.ts";
import { parseStudy, writtenStudy } from "../parseStudy.ts";
import { parseStudyResults, type StudyWithResult } from "../results/parseStudyResults.ts";
import { fedRun } from "../cellSources.ts";
import { runKey, type Study, type StudyRun } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { studyRuns } from "../studyRuns.ts";
import type { ArchivedRun } from "./archiveParts.ts";
import { CRATE_FILE } from "./roCrate.ts";

export interface OpenedArchive extends StudyWithResult {
  /** The records that came with it, by cell and seed; empty where it holds compact results alone. */
  readonly records: ReadonlyMap<string, RecordFile>;
  readonly runs?: () => AsyncIterable<ArchivedRun>;
  readonly rankings?: () => AsyncIterable<readonly [path: string, text: string]>;
  readonly date: string;
}

/** All of its texts together, in bytes. */
const MAX_BYTES = 2 ** 30;

/** @throws DataError or SpecError in one sentence: the file, what is wrong, what would be right */
export async function readStudyArchive(file: SourceFile): Promise<OpenedArchive> {
  const texts = await openTexts(file);
  const { name } = file;
  const json = async (path: string) =>
    givenJson(utf8ToBytes(await texts.read(path)), `${name}: ${path}`, "a study’s zip as the lab writes it");
  const study = parseStudy(await json("study.json"), `${name}: study.json`);
  const compact = parseStudyResults(await json("results.json"), `${name}: results.json`);
  if (canonicalJson(writtenStudy(study)) !== canonicalJson(writtenStudy(compact.study)))
    throw new DataError(`${name}: study.json and results.json are of two studies; one zip holds one`);
  const { missing } = compact.result;
  const keys = new Set(compact.result.runs.map(runKey));
  const stray = texts.paths.find((path) => /^runs\/.*\.json$/.test(path) && !keys.has(path.slice(5, -5)));
  if (stray !== undefined) throw new DataError(`${name}: ${stray} is no run of the study’s results`);
  const records = new Map<string, RecordFile>();
  const runs: CellRun[] = [];
  const hasRecords = texts.paths.some((path) => path.startsWith("runs/") && path.endsWith(".json"));
  for (const run of compact.result.runs) {
    if (!hasRecords) break;
    const own = await readRun(run, { name, json, has: (path) => texts.paths.includes(path) });
    records.set(runKey(run), own);
    runs.push(collectRun(run, own.record, own.queryValues));
  }
  await checkCells(study, records, name);
  const ranked = texts.paths.filter((path) => path.startsWith("trec/"));
  return {
    study,
    result: { runs: hasRecords ? runs : compact.result.runs, missing },
    records,
    ...(hasRecords && {
      runs: async function* () {
        for (const { cell, seed } of runs)
          yield await Promise.resolve({ cell, seed, ...records.get(runKey({ cell, seed }))! });
      },
    }),
    ...(ranked.length > 0 && {
      rankings: async function* () {
        for (const path of ranked) yield [path.slice("trec/".length), await texts.read(path)] as const;
      },
    }),
    date: texts.date,
  };
}

interface Files {
  readonly name: string;
  readonly json: (path: string) => Promise<unknown>;
  readonly has: (path: string) => boolean;
}

async function readRun(run: CellRun, { name, json, has }: Files): Promise<RecordFile> {
  const key = runKey(run);
  const where = `${name}: runs/${key}.json`;
  if (!has(`runs/${key}.json`))
    throw new DataError(`${where} is missing, which its results name; take the zip as it was saved`);
  const record = parseRunRecord(await json(`runs/${key}.json`), where);
  const queries = `queries/${key}.json`;
  const queryValues = has(queries) ? parseQueryValues(await json(queries), `${name}: ${queries}`) : undefined;
  const read = { record, ...(queryValues && { queryValues }) };
  const misfits = misfitsOf(read);
  if (misfits.length > 0) throw new DataError(misfitSentence(where, misfits));
  if (record.digest !== run.digest)
    throw new DataError(`${where} has another digest than the study’s results have of it; it was exchanged`);
  return read;
}

/** @throws DataError where a record trains something else than its cell; what other cells' runs decide follows from their records */
async function checkCells(
  study: Study,
  records: ReadonlyMap<string, RecordFile>,
  name: string,
): Promise<void> {
  for (const run of studyRuns(study)) {
    const record = records.get(runKey(run))?.record;
    if (!record) continue;
    const where = `${name}: runs/${runKey(run)}.json`;
    const read = (source: StudyRun) => Promise.resolve(records.get(runKey(source))?.record);
    const { spec } = await fedRun(run, read).catch((error: unknown) => {
      throw error instanceof InputError
        ? new DataError(`${where}: ${error.message}`, { cause: error })
        : error;
    });
    const field = differingField(spec, record.spec);
    if (field)
      throw new DataError(`${where} is of another run: its ${field.path} is ${field.is}, not ${field.was}`);
  }
}

interface Texts {
  readonly paths: readonly string[];
  readonly date: string;
  /** @throws DataError where there is none, or another than the crate says */
  read(path: string): Promise<string>;
}

/** The files of the one folder in it that has a study.json, by their paths there, each as the crate describes it. */
async function openTexts(file: SourceFile): Promise<Texts> {
  const { name } = file;
  const fail = (what: string) => new DataError(`${name}: ${what}`);
  const entries = new Map<string, SourceFile>();
  for (const entry of await openZip(file, (path) => !/(^|\/)(__MACOSX|\.DS_Store)(\/|$)/.test(path))) {
    const path = entry.name.slice(name.length + 1);
    if (entries.has(path)) throw fail(`holds ${JSON.stringify(path.slice(0, 80))} twice`);
    entries.set(path, entry);
  }
  const roots = [...entries.keys()].flatMap((path) => /^((?:.*\/)?)study\.json$/.exec(path)?.[1] ?? []);
  if (roots.length === 0)
    throw fail("is no study’s zip: it has no study.json; in the lab “Save as one file (zip)” makes one");
  if (roots.length > 1) throw fail(`holds ${roots.length} studies; a zip holds one`);
  const [root = ""] = roots;
  let left = MAX_BYTES;
  const textOf = async (path: string) => {
    const entry = entries.get(root + path);
    if (!entry) throw fail(`${path} is missing; take the zip as it was saved`);
    if (entry.size > left) throw fail(`unpacks to more than ${inMiB(MAX_BYTES)}, which is more than is read`);
    const text = await readText(entry, left);
    left -= text.length;
    return text;
  };
  const { hashes, date } = readCrate(await textOf(CRATE_FILE), `${name}: ${CRATE_FILE}`);
  for (const path of hashes.keys())
    if (!entries.has(root + path)) throw fail(`${path} is missing; take the zip as it was saved`);
  return {
    paths: [...hashes.keys()],
    date,
    read: async (path) => {
      const text = await textOf(path);
      if (bytesToHex(sha256(utf8ToBytes(text))) !== hashes.get(path))
        throw fail(
          `${path} was altered since the zip was saved, or damaged: its hash is not the one of ${CRATE_FILE}`,
        );
      return text;
    },
  };
}

const crateSchema = v.object({
  "@graph": v.array(
    v.looseObject({
      "@id": v.string(),
      sha256: v.optional(v.string()),
      datePublished: v.optional(
        v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day such as 2026-11-29")),
      ),
    }),
  ),
});

function readCrate(text: string, where: string) {
  const parsed = v.safeParse(crateSchema, givenJson(utf8ToBytes(text), where, "an RO-Crate"));
  if (!parsed.success)
    throw new DataError(
      `${where}: is no RO-Crate as the lab writes it (${v.getDotPath(parsed.issues[0]) ?? "the whole"} ${issueText(parsed.issues[0])})`,
    );
  const graph = parsed.output["@graph"];
  const hashed = graph.flatMap(({ "@id": path, sha256: hash }) =>
    hash === undefined ? [] : [[path, hash] as const],
  );
  const date = graph.find(({ "@id": id }) => id === "./")?.datePublished;
  if (date === undefined) throw new DataError(`${where}: its root has no datePublished`);
  return { hashes: new Map(hashed), date };
}
