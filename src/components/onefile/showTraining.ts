// The part of a page saved as one file that trains it: a button, how it goes, what came out. Plain elements and the drawings
// of such pages: the file has no other part of the lab.
import { recordJson } from "../../core/export/recordJson.ts";
import { markup } from "../../core/html/markup.ts";
import { figureMarkup } from "../../core/pages/parts.ts";
import { runFigures } from "../../core/pages/runFigures.ts";
import { trainedMarkup } from "../../core/pages/trainedMarkup.ts";
import { allPoints } from "../../core/record/pointColumns.ts";
import { fileName } from "../../core/series/csv.ts";
import type { FileRun } from "../../state/onefile/fileRun.ts";
import { detailOf, isGoing, type LoadedDetail, type Run } from "../../state/run/run.ts";
import { saveFile } from "../controls/saveFile.ts";
import { phaseAtWork } from "../shell/phaseText.ts";
import { statusText } from "../shell/statusText.ts";
import type { Trainable } from "./openedFile.ts";

/** Drawings are made anew so often while it trains: a phone has other work. */
const DRAWN_EVERY_MS = 1000;

/** @param runs at least one: the first is trained unless a person chooses another */
export function showTraining(place: HTMLElement, run: FileRun, runs: readonly Trainable[]): void {
  place.innerHTML =
    markup`<p class="soft">On this device, from the data and the encoder in this file: no network is asked, and nothing is kept when the file is closed.</p>
<div class="press">${runs.length > 1 && chooser(runs)}<button type="button">Train</button><span role="status">Ready to train</span></div>
<p class="soft" data-part="work"></p>
<progress aria-label="Training" hidden></progress>
<div data-part="result"></div>`.html;
  const button = place.querySelector("button")!;
  const status = place.querySelector('[role="status"]')!;
  const work = place.querySelector('[data-part="work"]')!;
  const bar = place.querySelector("progress")!;
  const result = place.querySelector('[data-part="result"]')!;
  const choice = place.querySelector("select");
  let trained = runs[0]!;
  button.addEventListener("click", () => {
    if (goes(run.getState().run)) return run.stop();
    trained = runs[Number(choice?.value ?? 0)]!;
    run.start(trained.course);
  });

  let drawnMs = 0;
  run.subscribe(({ run: latest }, before) => {
    if (!latest) return;
    const going = isGoing(latest);
    const at = going ? phaseAtWork(latest.live?.phases ?? {}) : undefined;
    say(button, going ? "Stop" : "Train again");
    say(status, statusText(latest));
    say(work, [(at?.words ?? []).join(" · "), ...latest.notices].filter(Boolean).join(". "));
    if (choice) choice.disabled = going;
    bar.hidden = !going;
    if (at?.text.share === undefined) bar.removeAttribute("value");
    else bar.value = at.text.share;

    const detail = detailOf(latest);
    if (detail.record && detail.record !== detailOf(before.run).record) {
      result.innerHTML = trainedMarkup(detail.record, trained.recorded).html;
      result.append(saveButton(latest.name, detail));
    } else if (going && performance.now() - drawnMs >= DRAWN_EVERY_MS) {
      drawnMs = performance.now();
      const { spec, parent } = latest;
      const points = [...allPoints(detail.points)];
      const figures = runFigures({ points, spec, ...(parent && { parent }) });
      result.innerHTML =
        markup`<div class="figures">${figures.flatMap((figure) => figureMarkup(figure) ?? [])}</div>`.html;
    }
  });
}

const goes = (run: Run | undefined) => run !== undefined && isGoing(run);

const chooser = (runs: readonly Trainable[]) =>
  markup`<label>Run <select>${runs.map(({ name }, i) => markup`<option value="${i}">${name}</option>`)}</select></label>`;

/** Only what is new: a reader of screens hears it again. */
function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function saveButton(name: string, { record, queryValues, startValues }: Partial<LoadedDetail>): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "second";
  button.textContent = "Save its record (JSON)";
  button.addEventListener("click", () =>
    saveFile(
      fileName(`${name} record`, "json"),
      "application/json",
      recordJson(record!, queryValues, startValues),
    ),
  );
  return button;
}
