// What the rest of the page knows of studies without fetching what they are made of.
import { browserStorage, keepText, keptText } from "./browserStorage.ts";

const KEY = "hybrid-batch-lab/studies";

/** Whether this browser keeps studies. */
export const hasStudies = (): boolean => keptText(browserStorage(), KEY) === "yes";

export const noteStudies = (has: boolean): void => keepText(browserStorage(), KEY, has ? "yes" : "");
