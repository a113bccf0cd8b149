// What pages of runs, recipes and studies share: tables, figures, settings, the way back into the lab. Chooses no content.
import type { Cell, ResultTable } from "../export/resultTable.ts";
import { markup, trusted, type Markup } from "../html/markup.ts";
import { wholeText } from "../naming/settingText.ts";
import { FIELDS, SPEC_PATHS } from "../spec/fields.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";
import { equalAt } from "../spec/specChecks.ts";

const cellMarkup = (cell: Cell): Markup =>
  typeof cell === "string" ? markup`${cell}` : markup`${cell[0]}<small>${cell[1]}</small>`;

/** In a box that scrolls on a phone, by keyboard too. */
export const tableMarkup = ({ caption, columns, rows }: ResultTable): Markup =>
  markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${columns.map(
    (head) => markup`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([head, ...cells]) =>
      markup`<tr><th scope="row">${cellMarkup(head ?? "")}</th>${cells.map((cell) => markup`<td>${cellMarkup(cell)}</td>`)}</tr>`,
  )}</tbody></table></div>`;

export interface DrawnFigure {
  readonly title: string;
  readonly svg: string; // an <svg> element as this lab draws it, "" where there is nothing to draw
  readonly words: string; // what it shows, what n is
}

/** @param rows of a drawing in rows, which is no wider than it need be */
export const figureMarkup = ({ title, svg, words }: DrawnFigure): Markup | undefined =>
  svg === ""
    ? undefined
    : markup`<figure><h3>${title}</h3>${trusted(svg)}<figcaption>${words}</figcaption></figure>`;

/** Told of every recipe; of the other fields those that are not at their default. */
const ALWAYS: readonly SpecPath[] = ["data.train", "encoder.id", "batch.ratio", "steps", "seed"];

export const toldPaths = (spec: ExperimentSpec): readonly SpecPath[] =>
  SPEC_PATHS.filter((path) => ALWAYS.includes(path) || !equalAt(path, spec, DEFAULT_SPEC));

/** @param more rows behind the settings: a name, a value */
export const settingsMarkup = (
  spec: ExperimentSpec,
  more: readonly (readonly [head: string, value: string | undefined])[],
): Markup => {
  const rows = [
    ...toldPaths(spec).map((path) => [FIELDS[path].label, wholeText(path, readPath(spec, path))] as const),
    ...more,
  ];
  return markup`<table class="settings"><tbody>${rows.map(([head, value]) =>
    value === undefined ? markup`` : markup`<tr><th scope="row">${head}</th><td>${value}</td></tr>`,
  )}</tbody></table>
<p class="soft">All other settings are at the lab’s defaults.</p>`;
};

/** @param page the lab's address, which is left out where it is not known; @param hash of the link, without "#" */
export const againMarkup = (hash: string, page: string | undefined): Markup => {
  const isWeb = page !== undefined && /^https?:\/\//i.test(page);
  const link = `${page ?? ""}#${hash}`;
  return isWeb
    ? markup`<p><a href="${link}">Open it in the lab</a>, where one click trains it, or on the command line:</p><p><code>npm run lab -- run '${link}'</code></p>`
    : markup`<p>Put this behind the address of any copy of the lab, or give it to the command line as it is:</p><p class="address">${`#${hash}`}</p>`;
};

/** Where the script of a page that trains puts what it has to show; `data-link` says what it trains, or nothing in a study. */
export const TRAIN_ID = "hybrid-batch-lab-train";

/** @param hash of the link, without "#"; left out of a study, whose data says it */
export const trainMarkup = (hash = ""): Markup =>
  markup`<h2>Train it here</h2>
<div id="${TRAIN_ID}" data-link="${hash}"><p class="soft">What trains is in this file. If this line stays, scripts are off in this viewer, or the file was cut on its way: save it whole and open it in a browser.</p></div>`;
