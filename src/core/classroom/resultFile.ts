// What a pupil hands in: a result card, a run.json or a page of a run, as records. Stores nothing.
import { isPng, pngText } from "../export/pngText.ts";
import { isRunsFile, parseRunsFile } from "../export/runsFile.ts";
import { isPicture } from "../formats/foreignContent.ts";
import { givenJson } from "../formats/givenText.ts";
import { SpecError } from "../inputError.ts";
import { messageOf } from "../messageOf.ts";
import { misfitsOf } from "../record/misfits.ts";
import { parseRunRecord } from "../record/parseRunRecord.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { visibleText } from "../visibleText.ts";

/** Under which a card's picture holds its record. */
export const CARD_KEYWORD = "Hybrid Batch Lab run";
const WANTED = "a result card, a run.json or a page of a run";

export interface Result {
  readonly file: string; // its name, as it may be shown
  readonly record: RunRecord;
  readonly misfits: readonly string[]; // what does not fit its digest: it was altered
}

/** The JSON of a run's file, or of the card whose picture holds it. @throws SpecError with one sentence */
export const givenResult = (bytes: Uint8Array, file: string, wanted = WANTED): unknown =>
  isPicture(bytes) ? cardJson(file, bytes) : givenJson(bytes, file, wanted);

/** One result of a file, read when its turn has come. @throws SpecError with one sentence */
export type FoundResult = () => Result;

/**
 * The results in a file: one that cannot be read costs none of the others. Values of single questions are passed over: an overlay
 * has no use for them.
 * @throws SpecError with one sentence: the file, what is wrong, what would be right
 */
export function findResults(name: string, bytes: Uint8Array): readonly FoundResult[] {
  const file = visibleText(name);
  const value = givenResult(bytes, file);
  const runs = isRunsFile(value) ? parseRunsFile(value, file).runs.map(({ run }) => run) : [value];
  if (runs.length === 0) throw new SpecError(`${file}: holds no run; name ${WANTED}`);
  return runs.map((run, i) => () => {
    const own = runs.length === 1 ? file : `${file}, run ${i + 1}`;
    const record = parseRunRecord(run, own);
    return { file: own, record, misfits: misfitsOf({ record }) };
  });
}

function cardJson(file: string, picture: Uint8Array): unknown {
  let text: string | undefined;
  try {
    text = isPng(picture) ? pngText(picture, CARD_KEYWORD) : undefined; // as another kind it was made anew
  } catch (error) {
    throw new SpecError(`${file}: ${messageOf(error)}; ask for the card again`, { cause: error });
  }
  if (text === undefined) {
    throw new SpecError(
      `${file}: this picture holds no result; messengers take it out unless a card is sent as a file. Type the code in it under “A class’s results” instead, or ask for the run.json`,
    );
  }
  return givenJson(new TextEncoder().encode(text), file, WANTED);
}
