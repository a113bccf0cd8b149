// A run as one HTML file: what it found in words, its numbers, drawings, settings, its record. Computes no interval.
import { wholeText } from "../numbersIn.ts";
import { recordJson } from "../export/recordJson.ts";
import { languageTable } from "../export/resultTable.ts";
import { markup } from "../html/markup.ts";
import { pageFile, type PageTraining } from "../html/pageFile.ts";
import { evalSizeWords } from "./runWords.ts";
import { namedRun } from "../record/misfits.ts";
import { recipeCode } from "../record/recipeCode.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { mixText } from "../naming/mixText.ts";
import type { Intervals } from "../stats/bootstrap.ts";
import { againMarkup, figureMarkup, settingsMarkup, tableMarkup, trainMarkup } from "./parts.ts";
import { runFigures } from "./runFigures.ts";
import { numbersTable } from "./numbersTable.ts";
import { courseOfRecord } from "../record/courseOfRecord.ts";

export interface RunPage {
  readonly name: string;
  readonly record: RunRecord;
  readonly verdict: string; // in sentences; "" where there is none
  readonly intervals?: Intervals | undefined;
  readonly misfits?: readonly string[] | undefined;
  readonly note?: string | undefined; // a person's
  readonly tags?: readonly string[] | undefined;
  readonly hash: string; // of the link that trains it again
  readonly page?: string | undefined; // the lab's address
  readonly training?: PageTraining | undefined; // left out: it is trained again elsewhere
}

export function runPage(run: RunPage): string {
  const { record, verdict, intervals, misfits = [], note, tags = [], hash, page, training } = run;
  const { spec, environment, digest } = record;
  const title = namedRun(run);
  const step = stepsDone(record);
  const tableRun = { name: run.name, record, ...(intervals && { intervals }), misfits };
  const body = markup`<h1>${title}</h1>
<p class="facts">${mixText(spec)}, ${wholeText(step)} of ${wholeText(spec.steps)} steps, seed ${spec.seed}; ${evalSizeWords(record)}; trained on ${environment.adapter}</p>
${misfits.length > 0 && markup`<p class="warn">This record does not fit itself: it was altered after its run, or damaged. ${misfits.join("; ")}.</p>`}
${verdict !== "" && markup`<p class="said">${verdict}</p>`}
${note !== undefined && note !== "" && markup`<p>${note}</p>`}
${tags.length > 0 && markup`<p class="soft">${tags.join(" · ")}</p>`}
<h2>Numbers</h2>
${tableMarkup(numbersTable(record, intervals))}
<h2>Pictures</h2>
<div class="figures">${runFigures(record).flatMap((figure) => figureMarkup(figure) ?? [])}</div>
<details><summary>Numbers of each language</summary>${tableMarkup(languageTable(tableRun))}</details>
${training && trainMarkup(hash)}
<h2>Settings</h2>
${settingsMarkup(spec, [
  ["Recipe", recipeCode(courseOfRecord(record))],
  ["Digest", digest],
  ["Data", dataText(record)],
  ["Encoder", environment.encoderSha256],
])}
<h2>Train it again${training && " elsewhere"}</h2>
${againMarkup(hash, page)}`;
  return pageFile({ title, body, json: recordJson(record), training });
}

const dataText = ({ environment }: RunRecord) =>
  Object.entries(environment.dataSha256)
    .map(([id, sha]) => `${id} ${sha}`)
    .join(", ");
