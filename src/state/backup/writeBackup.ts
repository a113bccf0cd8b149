// Everything that this browser keeps as one file: rows packed one by one, datasets and encoders where they lie. What is made or
// fetched again stays out: token lists, starts' caches, downloads, snapshots.
import {
  BACKUP_FORMAT,
  BACKUP_SCHEMA,
  HEAD_NAME,
  packRow,
  type BackupHead,
} from "../../core/backup/backupFile.ts";
import { createArchive } from "../../core/backup/tarArchive.ts";
import { LAB_VERSION } from "../../core/labVersion.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { KeepRequests } from "../../workers/protocol.ts";
import type { FoundRun, RunStorage } from "../run/runStorage.ts";
import type { FoundStudy, StudyStorage } from "../study/studyStorage.ts";
import {
  encoderFileName,
  encoderName,
  manifestName,
  resultName,
  runName,
  runStartName,
  shardName,
  studyName,
  studyStartName,
} from "./backupParts.ts";

/** What is here to be backed up; rows are listed, their details are read one by one. */
export interface BackupSources {
  readonly runs: readonly FoundRun[];
  readonly runStorage: Pick<RunStorage, "detail" | "start">;
  readonly studies: readonly FoundStudy[];
  readonly studyStorage: Pick<StudyStorage, "result" | "start">;
  readonly kept: KeepRequests["listKept"]["result"];
  readonly page: Pick<BackupHead, "draft" | "preferences">;
}

export interface WrittenBackup {
  readonly file: Blob;
  /** What could not be read, and is not in it: a sentence each. */
  readonly notes: readonly string[];
}

export async function writeBackup(
  sources: BackupSources,
  withEncoders: boolean,
  nowMs: number,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<WrittenBackup> {
  const { runs, runStorage, studies, studyStorage, kept, page } = sources;
  const archive = createArchive();
  const notes = [...kept.notes];
  const total = runs.length + studies.reduce((sum, { done }) => sum + done.size, 0);
  let done = 0;
  const adding = async (what: string, add: () => Promise<unknown>) => {
    try {
      await add();
    } catch (error) {
      notes.push(`${what} is not in the backup: ${messageOf(error)}`);
    }
    onProgress(++done, total);
  };
  /** Values before training are shared: each once, by its number. */
  const createStarts = (name: (n: number) => string, read: (key: string) => Promise<unknown>) => {
    const known = new Map<string, number | undefined>();
    return async (row: unknown): Promise<number | undefined> => {
      const key = (row as { startKey?: unknown } | undefined)?.startKey;
      if (typeof key !== "string") return undefined;
      if (known.has(key)) return known.get(key);
      const value = await read(key);
      const n = value === undefined ? undefined : known.size;
      known.set(key, n);
      if (n !== undefined) archive.add(name(n), await packRow(value));
      return n;
    };
  };

  const head: BackupHead = {
    schema: BACKUP_SCHEMA,
    format: BACKUP_FORMAT,
    lab: LAB_VERSION,
    createdAt: nowMs,
    ...page,
  };
  archive.add(HEAD_NAME, new Blob([JSON.stringify(head)]));
  const runStart = createStarts(runStartName, (key) => runStorage.start(key));
  for (const [n, { id, value }] of runs.entries()) {
    await adding(`Run ${n + 1}`, async () => {
      const { value: detail, tail } = await runStorage.detail(id);
      archive.add(runName(n), await packRow({ id, value, tail, detail, start: await runStart(value) }));
    });
  }
  const studyStart = createStarts(studyStartName, (key) => studyStorage.start(key));
  for (const [n, { id, value, done: keys }] of studies.entries()) {
    archive.add(studyName(n), await packRow({ id, value }));
    for (const [m, key] of [...keys].entries()) {
      await adding(`Run ${key} of a study`, async () => {
        const result = await studyStorage.result(id, key);
        archive.add(resultName(n, m), await packRow({ key, value: result, start: await studyStart(result) }));
      });
    }
  }
  for (const [n, { manifest, shards }] of kept.datasets.entries()) {
    archive.add(manifestName(n), manifest);
    for (const [m, shard] of shards.entries()) archive.add(shardName(n, m), shard);
  }
  for (const [n, { name, files }] of (withEncoders ? kept.encoders : []).entries()) {
    archive.add(encoderName(n), await packRow({ name, paths: files.map(({ path }) => path) }));
    for (const [m, { file }] of files.entries()) archive.add(encoderFileName(n, m), file);
  }
  return { file: archive.blob(), notes };
}

const SAMPLE = 3; // rows of each kind

/** About how large the file will be: a few rows are packed, all else is known. */
export async function estimateBackup(sources: BackupSources, withEncoders: boolean): Promise<number> {
  const { runs, studies, kept } = sources;
  const sizes = ({ size }: Blob) => size;
  const sum = (blobs: readonly Blob[]) => blobs.map(sizes).reduce((a, b) => a + b, 0);
  const some = await writeBackup(
    {
      ...sources,
      runs: spread(runs),
      studies: spread(studies).map((one) => ({ ...one, done: new Set(spread([...one.done])) })),
      kept: { datasets: [], encoders: [], notes: [] },
    },
    false,
    0,
  );
  const rows = (found: readonly FoundStudy[], most: number) =>
    found.reduce((all, { done }) => all + Math.min(most, done.size), 0);
  const sampled = Math.min(SAMPLE, runs.length) + rows(spread(studies), SAMPLE);
  const scale = sampled === 0 ? 1 : (runs.length + rows(studies, Infinity)) / sampled;
  const files = [
    ...kept.datasets.map(({ shards }) => sum(shards)),
    ...(withEncoders ? kept.encoders.map(({ files: own }) => sum(own.map(({ file }) => file))) : []),
  ];
  return Math.round(some.file.size * scale + files.reduce((a, b) => a + b, 0));
}

/** A few of them, from the first to the last. */
function spread<T>(items: readonly T[]): T[] {
  const n = Math.min(SAMPLE, items.length);
  return Array.from(
    { length: n },
    (_, i) => items[Math.floor((i * (items.length - 1)) / Math.max(1, n - 1))]!,
  );
}
