// How many of something, in words: one is no plural. The only place that knows when "s" goes.

/** "1 query", "1,234 queries" @param many left out: `one` with an "s" */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
