// A backup back into the browser: what is whole and as written is added, the rest is told, and nothing that is here is lost.
import {
  BACKUP_SCHEMA,
  HEAD_NAME,
  parseBackupHead,
  unpackRow,
  type BackupHead,
} from "../../core/backup/backupFile.ts";
import {
  createReport,
  type Outcome,
  type RestoredKind,
  type RestoreReport,
} from "../../core/backup/restoreReport.ts";
import { readArchive } from "../../core/backup/tarArchive.ts";
import { givenJson } from "../../core/formats/givenText.ts";
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { misfitSentence } from "../../core/record/misfits.ts";
import { visibleText } from "../../core/visibleText.ts";
import type { LabClient } from "../../workers/labClient.ts";
import { parseBackedRun, type BackedRun } from "./backedRun.ts";
import {
  encoderFileName,
  encoderName,
  manifestName,
  partsOf,
  runStartName,
  studyName,
  studyStartName,
} from "./backupParts.ts";
import { restoreRun, type RunPlaces } from "./restoreRuns.ts";
import { restoreStudy, type BackedResult, type StudyPlaces } from "./restoreStudies.ts";

export interface RestorePlaces {
  readonly runs: RunPlaces;
  readonly studies: StudyPlaces;
  readonly data: Pick<LabClient["data"], "request">;
}

export interface RestoredBackup {
  readonly report: RestoreReport;
  readonly head: BackupHead | undefined; // of a file that was damaged there
  /** Whose labels changed here, and studies that were touched. */
  readonly relabelledIds: readonly string[];
  readonly studyIds: readonly string[];
}

const MOST_NAME = 80; // letters of a name that is told
const MAX_HEAD_BYTES = 2 ** 20;

/** Values before training that came with a backup are good for its own runs only. */
const startKeyOf = (packed: Blob, sha: string) => `restored ${packed.size} ${sha}`;

/**
 * @param name of the file, for messages
 * @throws SpecError in one sentence for a file that is no backup, or a newer lab's: nothing is restored then
 */
export async function restoreBackup(
  file: Blob,
  name: string,
  places: RestorePlaces,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<RestoredBackup> {
  const where = (part: string) => `${visibleText(name)}: ${part}`;
  const { entries, problems } = await readArchive(file);
  const parts = partsOf(entries);
  const { byName, runs, studies, datasets, encoders } = parts;
  const total = runs.length + studies.length + datasets.length + encoders.length;
  const head = await readHead(byName.get(HEAD_NAME), visibleText(name), total);
  const { count, say, report } = createReport();
  for (const problem of problems) say(`${where(problem)}.`);
  for (const stranger of parts.strangers)
    say(
      `${where(JSON.stringify(visibleText(stranger).slice(0, MOST_NAME)))} is no part of a backup: it is left out.`,
    );
  if (!head) say(`${where("its first part is missing or damaged")}; the rest is read as of this version.`);
  let done = 0;
  const each = async (part: string, restore: () => Promise<void>) => {
    try {
      await restore();
    } catch (error) {
      say(`${messageOf(error)}: it is not restored.`);
    }
    onProgress(++done, total);
  };
  const read = (part: string) => {
    const packed = byName.get(part);
    if (!packed) throw new SpecError(where(`${part} is missing or damaged`));
    return unpackRow(packed, where(part));
  };
  /** Values before training: by their number in the backup, under a key of their content. */
  const startOf = async (nameOf: (n: number) => string, n: unknown) => {
    const packed = typeof n === "number" ? byName.get(nameOf(n)) : undefined;
    if (!packed) return undefined;
    const value = await unpackRow(packed, where(nameOf(n as number)));
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await packed.arrayBuffer()));
    return {
      value,
      key: startKeyOf(packed, Array.from(hash, (b) => b.toString(16).padStart(2, "0")).join("")),
    };
  };
  const told = (kind: RestoredKind, outcome: Outcome, title: string, own: string) => {
    count(kind, outcome);
    if (outcome === "copied")
      say(`“${title}” is here with other content: that of the backup is kept as ${own}.`);
  };

  const relabelledIds: string[] = [];
  for (const part of runs) {
    await each(part, async () => {
      const row = (await read(part)) as BackedRun & { readonly start?: unknown };
      const start = await startOf(runStartName, row?.start);
      const run = parseBackedRun({ ...row, start: start?.value }, start?.key ?? "", where(part));
      const { outcome, id, isRelabelled } = await restoreRun(run, places.runs);
      told("runs", outcome, run.name, "a run beside it");
      if (isRelabelled) relabelledIds.push(id);
      if (run.misfits && outcome !== "there")
        say(`${misfitSentence(`“${run.name}”`, run.misfits)}; it is marked as such.`);
    });
  }
  const studyIds: string[] = [];
  for (const n of studies) {
    await each(studyName(n), async () => {
      const results = parts.results(n).map((part): BackedResult => ({
        where: where(part),
        async read() {
          const { key, value, start } = ((await read(part)) ?? {}) as Record<string, unknown>;
          if (typeof key !== "string") throw new SpecError(where(`${part}: names no run`));
          const values = await startOf(studyStartName, start);
          return { key, value, ...(values && { start: values }) };
        },
      }));
      const study = ((await read(studyName(n))) ?? {}) as { readonly id: unknown; readonly value: unknown };
      const refused = (sentence: string) => say(`${sentence}: it is not restored.`);
      const restored = await restoreStudy(study, results, places.studies, where(studyName(n)), refused);
      const { outcome, id, title, runs: own, isPaused } = restored;
      told("studies", outcome, title, "a study beside it");
      for (const [kind, times] of Object.entries(own) as [Outcome, number][])
        for (let i = 0; i < times; i++) count("studyRuns", kind);
      if (isPaused) say(`“${title}” has runs to come: it is paused until you let it go on.`);
      studyIds.push(id);
    });
  }
  for (const n of datasets) {
    await each(manifestName(n), async () => {
      const manifest = byName.get(manifestName(n));
      if (!manifest) throw new SpecError(where(`${manifestName(n)} is missing or damaged`));
      const asked = { where: where(`datasets/${n}`), manifest, shards: parts.shards(n) };
      const { outcome, name: own } = await places.data.request("restoreDataset", asked);
      told("datasets", outcome, own, own);
    });
  }
  for (const n of encoders) {
    await each(encoderName(n), async () => {
      const { name: own, paths } = ((await read(encoderName(n))) ?? {}) as Record<string, unknown>;
      const files = (Array.isArray(paths) ? paths : []).flatMap((path: unknown, m) => {
        const blob = byName.get(encoderFileName(n, m));
        return typeof path === "string" && blob ? [{ path, file: blob }] : [];
      });
      const asked = { where: where(`encoders/${n}`), name: String(own), files };
      const restored = await places.data.request("restoreEncoder", asked);
      told("encoders", restored.outcome, asked.name, restored.name);
    });
  }
  return { report: report(), head, relabelledIds, studyIds };
}

/** @returns undefined where it is not there and the rest looks like a backup all the same */
async function readHead(
  head: Blob | undefined,
  name: string,
  others: number,
): Promise<BackupHead | undefined> {
  if (head && head.size <= MAX_HEAD_BYTES) {
    const bytes = new Uint8Array(await head.arrayBuffer());
    return parseBackupHead(givenJson(bytes, name, "a backup of the lab"), name);
  }
  if (others > 0) return undefined;
  throw new SpecError(`${name}: is no backup of the lab; name a file that says "${BACKUP_SCHEMA}"`);
}
