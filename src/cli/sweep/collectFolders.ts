// Records of a study from other folders, joined to this one's. What is of another study, of other data or encoders is told by
// name and left; other devices and versions are told, since cells are compared within a seed on one.
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { makerName } from "../../core/record/maker.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { differingField } from "../../core/spec/differingField.ts";
import { fedRun } from "../../core/study/cellSources.ts";
import { joinedStudy } from "../../core/study/moreSeeds.ts";
import { runKey, type Study } from "../../core/study/study.ts";
import { studyIdentity } from "../../core/study/studyIdentity.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";
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

/** @param say told what was left, and why @returns how many were joined */
export async function collectFolders(
  dir: string,
  study: Study,
  places: readonly CollectPlace[],
  say: (sentence: string) => void,
): Promise<number> {
  const made = new Map<string, string>(); // what made the records, and where it was met first
  const cells = new Map<string, RunRecord>(); // one of each cell
  let joined = 0;
  for (const place of [undefined, ...places]) {
    for (const run of studyRuns(study)) {
      const where = `${place?.name ?? dir}: ${runKey(run)}`;
      const record = await (place ? place.read(run, dir) : readRecord(dir, run)).catch((error: unknown) => {
        say(`${messageOf(error)}; left out`);
        return undefined;
      });
      if (!record) continue;
      const first = cells.get(run.cell) ?? record;
      const other = otherContents(first, record);
      if (other !== undefined) {
        say(`${where} is of another ${other} than the records before it; left out`);
        continue;
      }
      cells.set(run.cell, first);
      const maker = `${makerName(record.environment)}, lab ${record.environment.versions["lab"] ?? "unknown"}`;
      if (!made.has(maker) && made.size > 0) {
        say(
          `${where} was made by ${maker}; others by ${[...made.keys()].join("; ")}. Cells are compared within a seed, on one device`,
        );
      }
      made.set(maker, where);
      if (!place) continue;
      const asked = await fedRun(run, (source) => readRecord(dir, source)).catch(() => undefined);
      const here = await readRecord(dir, run).catch(() => undefined);
      if (!asked || differingField(asked.spec, record.spec)) {
        say(`${where} is made from other runs than those that are here; left out`);
      } else if (!here) {
        await place.take(run, dir);
        joined++;
      } else if (here.digest !== record.digest)
        say(`${where} has other numbers than the one that is here; left out`);
    }
  }
  return joined;
}

/** In words; undefined where both read the same. */
function otherContents(a: RunRecord, b: RunRecord): string | undefined {
  const [was, is] = [a.environment, b.environment];
  if (was.encoderSha256 !== is.encoderSha256 && !a.spec.encoder.id.startsWith("random")) return "encoder";
  return JSON.stringify(was.dataSha256) === JSON.stringify(is.dataSha256) ? undefined : "dataset";
}
