// A recipe as one HTML file: what is to be trained, its mix as a drawing, the way to train it. Has no result.
import { markup, trusted } from "../html/markup.ts";
import { pageFile, type PageTraining } from "../html/pageFile.ts";
import { mixRows } from "../naming/mixRows.ts";
import { mixText } from "../naming/mixText.ts";
import { mixPicture } from "../picture/mixPicture.ts";
import { recipeCode } from "../record/recipeCode.ts";
import type { Course } from "../spec/course.ts";
import { evalLanguages, evalTarget, partName, trainLanguages } from "../spec/resolve.ts";
import { counted } from "../counted.ts";
import { againMarkup, settingsMarkup, trainMarkup } from "./parts.ts";

export interface RecipePage extends Course {
  readonly hash: string; // of its link
  readonly page?: string | undefined; // the lab's address
  readonly training?: PageTraining | undefined; // left out: it is trained elsewhere
}

export function recipePage({ hash, page, training, ...course }: RecipePage): string {
  const { spec } = course;
  const { datasetId } = evalTarget(spec);
  const title = `${mixText(spec)}, ${counted(spec.steps, "step")}`;
  const body = markup`<h1>${title}</h1>
<p class="facts">Trains on ${spec.data.train} in ${counted(trainLanguages(spec).length, "language")} from ${spec.encoder.id}; tested on ${datasetId}, ${partName(spec)}, in ${counted(evalLanguages(spec).length, "language")}. Nothing is trained yet.</p>
<h2>Mix of batches</h2>
<div class="figures"><figure>${trusted(mixPicture(mixRows(spec)))}<figcaption>Shares of each kind${mixRows(spec).length > 1 && ", from the first step (above) to the last"}.</figcaption></figure></div>
${training && trainMarkup(hash)}
<h2>Settings</h2>
${settingsMarkup(spec, [["Recipe", recipeCode(course)]])}
<h2>Train it${training && " elsewhere"}</h2>
${againMarkup(hash, page)}`;
  return pageFile({ title, body, json: JSON.stringify(spec, null, 1), training });
}
