// Runs of a backup into the browser's storage: each once, nothing that is there replaced.
import type { Outcome } from "../../core/backup/restoreReport.ts";
import { parseStoredDetail, parseStoredRun } from "../../core/record/storedRun.ts";
import { equalSpecs } from "../../core/spec/specChecks.ts";
import { fromStoredRun, MAX_TAGS, toStoredRun, type RunLabels } from "../run/run.ts";
import type { FoundRun, RunStorage } from "../run/runStorage.ts";
import { detailWithTail, readTail, runWithTail } from "../run/runTail.ts";
import type { LoadedRun } from "./backedRun.ts";

export type RunPlaces = Pick<RunStorage, "read" | "detail" | "save" | "mark" | "relabel">;

export interface RestoredRun {
  readonly outcome: Outcome;
  readonly id: string; // under which it is here now
  readonly isRelabelled?: boolean; // its note, tags, name or star was lacking here
}

/**
 * @param run parsed from the backup
 * @throws Error with one sentence where the browser keeps nothing
 */
export async function restoreRun(run: LoadedRun, storage: RunPlaces): Promise<RestoredRun> {
  for (const own of [run, { ...run, id: copyId(run) }]) {
    const found = await storage.read(own.id);
    if (!found) {
      await storage.mark([own.id], undefined); // a run that was deleted here is wanted again
      await storage.save(toStoredRun(own), own.detail);
      return { outcome: own === run ? "added" : "copied", id: own.id };
    }
    const here = await readHere(found, storage);
    if (here && isSame(here, own)) {
      const labels = lacking(here, own);
      if (labels) await storage.relabel(new Map([[own.id, labels]]));
      return { outcome: "there", id: own.id, ...(labels && { isRelabelled: true }) };
    }
  }
  return { outcome: "there", id: copyId(run) }; // a copy of it that was changed here since
}

/** Another name for what differs from the run of that name here; always the same one, so that it is kept once. */
const copyId = ({ id, digest, step }: LoadedRun) => `${id}-${digest?.slice(0, 12) ?? step}`;

type Here = Omit<LoadedRun, "detail"> & { readonly recordDigest: string | undefined };

/** @returns undefined for what cannot be read: it is something else than the run of the backup */
async function readHere(found: FoundRun, storage: RunPlaces): Promise<Here | undefined> {
  try {
    const tail = readTail(found.tail);
    const { detail: _, ...run } = runWithTail(fromStoredRun(parseStoredRun(found.value, "here")), tail);
    const { value } = await storage.detail(found.id);
    const { record } = detailWithTail(parseStoredDetail(value, "here"), tail, run.parent?.step);
    return { ...run, recordDigest: record?.digest };
  } catch {
    return undefined;
  }
}

/** The record decides; without one in the backup, the run here is the same and may have gone further since. */
function isSame(here: Here, { spec, step, digest }: LoadedRun): boolean {
  if (!equalSpecs(here.spec, spec)) return false;
  return digest === undefined ? here.step >= step : here.recordDigest === digest;
}

/** What a person said of the run in the backup and not here. */
function lacking(here: Here, there: LoadedRun): RunLabels | undefined {
  const tags = [...new Set([...(here.tags ?? []), ...(there.tags ?? [])])].slice(0, MAX_TAGS);
  const labels: RunLabels = {
    ...(!here.named && there.named && { name: there.name, named: true }),
    ...(!here.starred && there.starred && { starred: true }),
    ...(!here.note && there.note && { note: there.note }),
    ...(tags.length > (here.tags?.length ?? 0) && { tags }),
  };
  return Object.keys(labels).length > 0 ? labels : undefined;
}
