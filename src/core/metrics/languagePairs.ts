// Which pairs of languages MTEB evaluates of a set that is parallel in many, and their means from a table of all pairs:
// question in x and passages in x, x and English both ways, one language in two scripts both ways.
import type { PairTable } from "./evaluation.ts";
import { meanDefined } from "./languageMeans.ts";

export interface LanguagePair {
  readonly query: string;
  readonly passage: string;
}

const PIVOT = "en";

/** "hi" and "hi-Latn" */
const isRomanised = (one: string, other: string) => other === `${one}-Latn`;

export type PairKind = "own" | "toPivot" | "fromPivot" | "scripts";

/** undefined: no pair of MTEB's */
export function pairKind({ query, passage }: LanguagePair): PairKind | undefined {
  if (query === passage) return "own";
  if (passage === PIVOT) return "toPivot";
  if (query === PIVOT) return "fromPivot";
  return isRomanised(query, passage) || isRomanised(passage, query) ? "scripts" : undefined;
}

/** Means over pairs of one kind, each pair weighing the same; null where the table has none. */
export interface PairMeans {
  readonly own: number | null; // question and passages in x
  readonly toPivot: number | null; // question in x, passages in English
  readonly fromPivot: number | null; // question in English, passages in x
  readonly across: number | null; // both of these, and one language in two scripts
  readonly all: number | null; // own and across: what MTEB's main score is the mean of
}

export function pairMeans(table: PairTable): PairMeans {
  const values: Record<PairKind, (number | null)[]> = { own: [], toPivot: [], fromPivot: [], scripts: [] };
  for (const [query, row] of Object.entries(table)) {
    for (const [passage, value] of Object.entries(row)) {
      const kind = pairKind({ query, passage });
      if (kind) values[kind].push(value);
    }
  }
  const { own, toPivot, fromPivot, scripts } = values;
  const across = [...toPivot, ...fromPivot, ...scripts];
  return {
    own: meanDefined(own),
    toPivot: meanDefined(toPivot),
    fromPivot: meanDefined(fromPivot),
    across: meanDefined(across),
    all: meanDefined([...own, ...across]),
  };
}

/** What each mean is called where it is shown, in their order. */
export const PAIR_WORDS: Readonly<Record<keyof PairMeans, string>> = {
  own: "question and passages in one language",
  toPivot: "question in another language, passages in English",
  fromPivot: "question in English, passages in another language",
  across: "across languages: these two, and one language in two scripts",
  all: "all of these pairs, as MTEB averages them",
};
