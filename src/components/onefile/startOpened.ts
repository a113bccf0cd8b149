// Lets a page saved as one file train, or says in it why it cannot.
import { markup } from "../../core/html/markup.ts";
import { messageOf } from "../../core/messageOf.ts";
import { TRAIN_ID } from "../../core/pages/parts.ts";
import { openFileRun } from "../../state/onefile/openFileRun.ts";
import { readOpened } from "./openedFile.ts";
import { showTraining } from "./showTraining.ts";

export function startOpened(): void {
  const place = document.getElementById(TRAIN_ID);
  if (!place) return;
  try {
    const { runs, files } = readOpened(document, place.dataset["link"] ?? "");
    showTraining(place, openFileRun(files), runs);
  } catch (error) {
    place.innerHTML = markup`<p class="warn" role="alert">${messageOf(error)}.</p>`.html;
  }
}
