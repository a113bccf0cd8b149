// A page saved as one file that trains, opened: its own data is parsed as if somebody else had written it. Trains nothing.
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { DATA_ELEMENT } from "../../core/html/dataBlock.ts";
import { HELD_FILE, HELD_LIST, readHeld } from "../../core/html/heldFiles.ts";
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { Recorded } from "../../core/pages/trainedMarkup.ts";
import { RUN_SCHEMA } from "../../core/record/runRecord.ts";
import { contradictionOf, type Course } from "../../core/spec/course.ts";
import { decodeLink } from "../../core/spec/link.ts";
import { pointResult, pointSpec } from "../../core/study/pointLink.ts";
import { parseStudyResults } from "../../core/study/results/parseStudyResults.ts";
import { RESULTS_SCHEMA } from "../../core/study/results/studyResults.ts";
import { cellLabel } from "../../core/study/study.ts";

/** A run that the file can train. */
export interface Trainable {
  readonly name: string;
  readonly course: Course;
  readonly recorded: Recorded;
}

export interface OpenedFile {
  readonly runs: readonly Trainable[]; // one; of a study all
  readonly files: ReadonlyMap<string, Blob>; // by their place in the lab's page
}

const NAME = "This file";

/** @param link what it trains, as a link's hash; "" of a study @throws InputError in one sentence where it is cut or says what cannot be trained */
export function readOpened(page: Document, link: string): OpenedFile {
  const blocks = new Map(
    [...page.querySelectorAll<HTMLElement>(HELD_FILE)].map((block) => [block.dataset["file"], block]),
  );
  const list = page.querySelector(HELD_LIST)?.textContent ?? undefined;
  const held = readHeld(list, (path) => blocks.get(path)?.textContent ?? undefined);
  for (const block of blocks.values()) block.remove(); // its text is larger than what is in it
  return {
    runs: runsOf(jsonOf(page), link),
    files: new Map(held.map(({ path, content }) => [path, new Blob([content as Uint8Array<ArrayBuffer>])])),
  };
}

function jsonOf(page: Document): unknown {
  try {
    return JSON.parse(page.querySelector(DATA_ELEMENT)?.textContent ?? "");
  } catch (cause) {
    throw new SpecError(`${NAME}: what it holds is not JSON (${messageOf(cause)}); get it again`, { cause });
  }
}

function runsOf(json: unknown, link: string): readonly Trainable[] {
  const schema = (json as { readonly schema?: unknown } | null)?.schema;
  if (schema === RESULTS_SCHEMA) {
    const { study, result } = parseStudyResults(json, NAME);
    return result.runs.map((run) => {
      const spec = pointSpec(study, run);
      return {
        name: `${cellLabel(study, run.cell)}, seed ${run.seed}`,
        course: { spec },
        recorded: { expected: pointResult(spec, run) },
      };
    });
  }
  const record = schema === RUN_SCHEMA ? parseRecordFile(json, NAME).record : undefined;
  return [{ name: "", course: courseOfLink(link), recorded: { record } }];
}

function courseOfLink(link: string): Course {
  const { spec, parent, stopAt, trajectory, problems } = decodeLink(link);
  const course = {
    spec,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory && { trajectory }),
  };
  const wrong = problems.find(({ outcome }) => outcome !== "unknown")?.message ?? contradictionOf(course);
  if (wrong !== undefined) throw new SpecError(`${NAME}: ${wrong}`);
  return course;
}
