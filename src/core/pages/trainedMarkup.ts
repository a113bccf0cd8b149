// What a page that trains shows of a run it has trained: held against what was recorded of it. Draws no button.
import { capitalised } from "../capitalised.ts";
import { counted } from "../counted.ts";
import { markup, type Markup } from "../html/markup.ts";
import { compareExpected, type LinkComparison } from "../record/compareLink.ts";
import { compareParts, compareRecords } from "../record/compareRuns.ts";
import { isSameMaker } from "../record/maker.ts";
import { makerReasons, REPEAT_MEANINGS, REPEAT_TITLES } from "../record/repeatWords.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone } from "../record/stepsDone.ts";
import type { ExpectedResult } from "../spec/link.ts";
import { besideTable } from "./besideTable.ts";
import { numbersTable } from "./numbersTable.ts";
import { figureMarkup, tableMarkup } from "./parts.ts";
import { runFigures } from "./runFigures.ts";

/** What is known of the run that was recorded: all of it, or what a link says; nothing of a recipe. */
export interface Recorded {
  readonly record?: RunRecord | undefined;
  readonly expected?: ExpectedResult | undefined;
}

export const trainedMarkup = (here: RunRecord, { record: recorded, expected }: Recorded): Markup =>
  markup`${recorded ? heldAgainst(recorded, here) : expected && heldAgainstLink(expected, here)}
${tableMarkup(recorded ? besideTable(recorded, here) : numbersTable(here, undefined))}
<div class="figures">${runFigures(here).flatMap((figure) => figureMarkup(figure) ?? [])}</div>
<p class="soft">Trained here on ${here.environment.adapter}. Digest <code>${here.digest}</code></p>`;

function heldAgainst(recorded: RunRecord, here: RunRecord): Markup {
  const [there, done] = [stepsDone(recorded), stepsDone(here)];
  if (done !== there)
    return markup`<p class="said">Stopped after ${counted(done, "step")} of ${String(there)}: it is not held against the recorded run.</p>`;
  const sameMaker = isSameMaker(recorded.environment, here.environment);
  const { verdict } = compareRecords(recorded, here, sameMaker);
  const parts = compareParts(recorded, here, sameMaker);
  const reasons = verdict === "repeated" ? [] : makerReasons(recorded.environment, here.environment);
  const lines = [REPEAT_MEANINGS[verdict], ...reasons.map(([, what]) => `${capitalised(what)}.`)];
  return verdictMarkup({ verdict, parts, lines });
}

function heldAgainstLink(expected: ExpectedResult, here: RunRecord): Markup {
  if (here.stoppedAt !== undefined)
    return markup`<p class="said">Stopped after ${counted(here.stoppedAt, "step")}: it is not held against the recorded run.</p>`;
  return verdictMarkup(compareExpected(expected, here));
}

const verdictMarkup = ({ verdict, parts, lines }: LinkComparison): Markup =>
  markup`<h3>${REPEAT_TITLES[verdict]}</h3>
${lines.map((line) => markup`<p>${line}</p>`)}
<ul>${parts.map(({ part, verdict: own, what }) => markup`<li>${capitalised(part)}: <b>${own}</b>, ${what}</li>`)}</ul>`;
