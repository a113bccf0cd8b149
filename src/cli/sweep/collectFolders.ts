// Runs of a study from other places, joined to its folder's. What is of another study, of other data or encoders is told by
// name and left; other devices and versions are told, since cells are compared within a seed on one.
import { canonicalJson } from "../../core/data/canonicalJson.ts";
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { fedChanges, fedRun } from "../../core/study/cellSources.ts";
import { collectRun } from "../../core/study/collectRun.ts";
import { joinedStudy } from "../../core/study/moreSeeds.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import { studyIdentity } from "../../core/study/studyIdentity.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
import { readCollected, writeCollected } from "./collectedRuns.ts";
import type { CollectPlace } from "./collectPlaces.ts";
import { readRecord } from "./studyFolder.ts";

/** The study with the seeds of the other folders after its own. @throws SpecError for a folder of another one, or where none is named */
export function widenedStudy(study: Study | undefined, places: readonly CollectPlace[]): Study {
  let whole = study;
  for (const { name, study: other } of places) {
    if (!other) continue;
    whole ??= other;
    if (studyIdentity(whole) !== studyIdentity(other)) {
      throw new SpecError(
        `--collect ${name}: is of another study ("${other.title}", not "${whole.title}", or its cells train something else)`,
      );
    }
    whole = joinedStudy(whole, other);
  }
  if (!whole)
    throw new SpecError("--collect: these are records alone; name their study, its file or study:NAME");
  return whole;
}

/**
 * Records become the folder's; of runs that have results alone these do.
 * @param say told what was left, and why @returns how many were joined
 */
export async function collectFolders(
  dir: string,
  study: Study,
  places: readonly CollectPlace[],
  say: (sentence: string) => void,
): Promise<{ readonly records: number; readonly brief: number }> {
  const made = new Map<string, string>(); // what made the runs, and where it was met first
  const cells = new Map<string, CellRun>(); // one of each cell
  const brief = new Map(await readCollected(dir));
  const joined = { records: 0, brief: 0 };
  const recordHere = async (run: StudyRun) => {
    const record = await readRecord(dir, run);
    return record && collectRun(run, record);
  };
  const readHere = async (run: StudyRun) => (await recordHere(run)) ?? brief.get(runKey(run));
  for (const place of [undefined, ...places]) {
    for (const run of studyRuns(study)) {
      const where = `${place?.name ?? dir}: ${runKey(run)}`;
      const found = await (place ? place.read(run, dir) : readHere(run)).catch((error: unknown) => {
        say(`${messageOf(error)}; left out`);
        return undefined;
      });
      if (!found) continue;
      const first = cells.get(run.cell) ?? found;
      const other = otherContents(first, found, run);
      if (other !== undefined) {
        say(`${where} is of another ${other} than the records before it; left out`);
        continue;
      }
      cells.set(run.cell, first);
      const maker = `${found.device}, lab ${found.made?.lab ?? "unknown"}`;
      if (!made.has(maker) && made.size > 0) {
        say(
          `${where} was made by ${maker}; others by ${[...made.keys()].join("; ")}. Cells are compared within a seed, on one device`,
        );
      }
      made.set(maker, where);
      if (!place) continue;
      const record = await recordHere(run).catch(() => undefined);
      const here = record ?? brief.get(runKey(run));
      if (!(await isFedFromHere(run, found, { dir, brief, place }))) {
        say(`${where} is made from other runs than those that are here; left out`);
      } else if (here && here.digest !== found.digest) {
        say(`${where} has other numbers than the one that is here; left out`);
      } else if (place.take && !record) {
        await place.take(run, dir);
        brief.delete(runKey(run));
        joined.records++;
      } else if (!here) {
        brief.set(runKey(run), found);
        joined.brief++;
      }
    }
  }
  await writeCollected(dir, study, [...brief.values()]);
  return joined;
}

/** Whether what other cells' runs said of it is what those here say; of runs without a record, that they are those it was made from. */
async function isFedFromHere(
  run: StudyRun,
  found: CellRun,
  at: {
    readonly dir: string;
    readonly brief: ReadonlyMap<string, CellRun>;
    readonly place: CollectPlace;
  },
): Promise<boolean> {
  if (!run.fedBy) return true;
  const asked = await fedRun(run, (source) => readRecord(at.dir, source)).catch(() => undefined);
  if (asked) return canonicalJson(fedChanges(run, asked.spec)) === canonicalJson(found.fed ?? {});
  for (const source of run.fedBy.runs) {
    const itsOwn = await at.place.read(source, at.dir).catch(() => undefined);
    if (!itsOwn || itsOwn.digest !== at.brief.get(runKey(source))?.digest) return false;
  }
  return true;
}

/** In words; undefined where both read the same, as far as they say. */
function otherContents(
  { made: was }: CellRun,
  { made: is }: CellRun,
  { spec }: StudyRun,
): string | undefined {
  if (!was || !is) return undefined;
  if (was.encoder !== is.encoder && !spec.encoder.id.startsWith("random")) return "encoder";
  return canonicalJson(was.data) === canonicalJson(is.data) ? undefined : "dataset";
}
