// Which columns of a table of pairs hold what: the names that tools give them, or a person's own. Reads no file.

/** What a column is; several names mean one thing in different tools. The first that a row has counts. */
export const ALIASES = {
  query: ["query", "anchor", "question", "sentence1", "english"],
  positive: [
    "positive_passages",
    "pos",
    "passage",
    "positive",
    "answer",
    "document",
    "sentence2",
    "text",
    "non_english",
  ],
  negative: ["negative"], // and all that NEGATIVE fits
  label: ["label", "score"],
  queryLang: ["query_lang", "lang", "language"],
  passageLang: ["passage_lang", "lang", "language"],
  concept: ["concept"],
  split: ["split"],
} as const;
export type PairPart = keyof typeof ALIASES;
export const PAIR_COLUMNS = Object.keys(ALIASES) as readonly PairPart[];

/** "negative", "negative_12", "neg", "negative_passages", "hard_negatives", "hard_negative_3". */
const NEGATIVE = /^(?:hard[_-]?)?neg(?:ative)?s?(?:_passages)?(?:[_-]?(\d+))?$/i;

type Columns = Readonly<Partial<Record<PairPart, string>>>;

/** The names to look for in a row, in this order; of negatives all that are there count. */
export function namesOf(part: PairPart, declared: Columns | undefined): readonly string[] {
  const own = declared?.[part];
  return own === undefined ? ALIASES[part] : own === "" ? [] : [own];
}

/**
 * The columns of negatives among `columns`, in order of their numbers: any number of them. A declared one brings its numbered
 * siblings: "hard" also "hard_1", "hard_2".
 */
export function negativeColumns(
  columns: readonly string[],
  declared: Columns | undefined,
): readonly string[] {
  const own = declared?.negative;
  if (own === "") return [];
  const numberOf = (column: string): number => {
    const digits =
      own === undefined
        ? NEGATIVE.exec(column)?.[1]
        : column.startsWith(own)
          ? /^[_-]?(\d+)$/.exec(column.slice(own.length))?.[1]
          : undefined;
    return digits === undefined ? -1 : Number(digits);
  };
  const isOne = (column: string) =>
    own === undefined ? NEGATIVE.test(column) : column === own || numberOf(column) >= 0;
  return columns.filter(isOne).sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

/** Which column is what, by the names that tools give them. */
export function suggestColumns(columns: readonly string[]): Partial<Record<PairPart, string>> {
  const known = PAIR_COLUMNS.flatMap((part) => {
    const column =
      part === "negative"
        ? negativeColumns(columns, undefined)[0]
        : ALIASES[part].find((name) => columns.includes(name));
    return column === undefined ? [] : [[part, column]];
  });
  return Object.fromEntries(known) as Partial<Record<PairPart, string>>;
}

/** Columns that nothing is read from, of those a table has. */
export function unusedColumns(columns: readonly string[], declared: Columns | undefined): readonly string[] {
  const read = new Set([
    ...PAIR_COLUMNS.flatMap((part) => namesOf(part, declared)),
    ...negativeColumns(columns, declared),
  ]);
  return columns.filter((column) => !read.has(column));
}
