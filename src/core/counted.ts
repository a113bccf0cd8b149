// How many of something, in words: one is no plural. The only place that knows when "s" goes.

import { wholeText } from "./numbersIn.ts";

/** "1 query", "1,234 queries" @param many left out: `one` with an "s" */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${wholeText(n)} ${n === 1 ? one : many}`;
