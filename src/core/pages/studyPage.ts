// A study as one HTML file: its card in words, its pictures and tables, its results in brief. Analyses nothing.
import { markup, type Markup } from "../html/markup.ts";
import { pageFile, type PageTraining } from "../html/pageFile.ts";
import { counted } from "../counted.ts";
import type { StudyAnalysis } from "../study/analysis/studyAnalysis.ts";
import { resultsText, studyResults } from "../study/results/studyResults.ts";
import type { Study } from "../study/study.ts";
import type { StudyResult } from "../study/studyResult.ts";
import { studyCard, type CardPart } from "../study/words/studyCard.ts";
import { studyTables } from "../study/words/studyReport.ts";
import { tableMarkup, trainMarkup } from "./parts.ts";

/** A picture as a whole SVG file. */
export interface StudyPicture {
  readonly title: string;
  readonly description: string;
  readonly sample: string; // n, seeds, intervals
  readonly svg: string;
}

export interface StudyPage {
  readonly study: Study;
  readonly result: StudyResult;
  readonly analysis: StudyAnalysis; // of both
  readonly figures: ReadonlyMap<string, StudyPicture>; // by name
  readonly training?: PageTraining | undefined; // of any of its runs; left out: they are trained again elsewhere
}

export function studyPage({ study, result, analysis, figures, training }: StudyPage): string {
  const { title, question, headline, parts, details } = studyCard(study, analysis);
  const drawings = [...figures.values()].map(pictureMarkup);
  const body = markup`<h1>${title}</h1>
<p class="facts">${question}</p>
<p class="said">${headline}</p>
<h2>What was found</h2>
${parts.map(partMarkup)}
${drawings.length > 0 && markup`<h2>Pictures</h2>${drawings}`}
${training && trainMarkup()}
<h2>Numbers</h2>
${studyTables(study, analysis).map(({ table }) => tableMarkup(table))}
<details><summary>In detail</summary>${details.map(partMarkup)}</details>
<h2>Train it again${training && " elsewhere"}</h2>
<p>Every one of its ${counted(result.runs.length, "run")} can be: open this file in the lab’s view Study, or write it on the command line as <code>npm run lab -- replay FILE --run CELL.SEED</code>.</p>`;
  return pageFile({ title, body, json: resultsText(studyResults(study, result)), training });
}

const partMarkup = ({ head, sentences }: CardPart): Markup =>
  markup`<h3>${head}</h3>${sentences.map((sentence) => markup`<p>${sentence}</p>`)}`;

/** As an image: whatever stands in a picture, none of it is part of the page. Wide ones are scrolled on a phone. */
const pictureMarkup = ({ title, description, sample, svg }: StudyPicture): Markup =>
  markup`<figure class="whole"><div class="scroll" tabindex="0" role="region" aria-label="${title}"><img alt="${title}" src="data:image/svg+xml,${encodeURIComponent(svg)}"></div><figcaption>${description} ${sample}</figcaption></figure>`;
