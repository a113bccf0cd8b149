// A share as a percentage, no more exact than it is round: for sentences and names. Tables have metrics/metricText.ts.

import { written } from "./numbersIn.ts";

/** 0.7 -> "70 %", 1 / 3 -> "33.3 %" */
export const percent = (share: number): string => written(`${Number((100 * share).toFixed(1))} %`);
