// What the rest of the page knows of studies without fetching what they are made of.
import { createStore } from "zustand/vanilla";
import { browserStorage, keepText, keptText } from "./browserStorage.ts";

const KEY = "hybrid-batch-lab/studies";

/** Whether this browser keeps studies. */
export const studyTraces = createStore<{ readonly has: boolean }>()(() => ({
  has: keptText(browserStorage(), KEY) === "yes",
}));

export function noteStudies(has: boolean): void {
  keepText(browserStorage(), KEY, has ? "yes" : "");
  studyTraces.setState({ has });
}
