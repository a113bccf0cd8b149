// Pairs every text with its English counterpart, as sets of distinct pieces. Chooses no weights and aligns nothing.
import type { TokenRows } from "../../core/data/corpus.ts";
import { groupBy } from "../../core/groupBy.ts";
import type { SentencePair } from "./wordAlignment.ts";
import { tokensOf, type TextRef, type TextStore } from "./textGroups.ts";

export interface HubPairs {
  readonly lang: number; // index into TextStore.languages
  readonly pairs: readonly SentencePair[];
}

/** Pairs with English of every other language, by language; without English in the store there are none. */
export function hubPairs({ languages, rows, sets }: TextStore): HubPairs[] {
  const english = languages.indexOf("en");
  const pairs: SentencePair[][] = languages.map(() => []);
  for (const { groups } of sets) {
    for (const group of groups) {
      for (const side of [group.passages, group.queries]) pairUp(rows, side, english, pairs);
    }
  }
  return pairs.flatMap((list, lang) => (list.length > 0 ? [{ lang, pairs: list }] : []));
}

function pairUp(rows: TokenRows, side: readonly TextRef[], english: number, pairs: SentencePair[][]): void {
  const byLang = groupBy(side, ({ lang }) => lang);
  const target = byLang.get(english);
  if (!target) return;
  for (const [lang, refs] of byLang) {
    if (lang !== english) pairs[lang]!.push({ source: distinct(rows, refs), target: distinct(rows, target) });
  }
}

/** Distinct pieces of some texts. */
function distinct(rows: TokenRows, refs: readonly TextRef[]): Int32Array {
  return Int32Array.from(new Set(refs.flatMap(({ row }) => [...tokensOf(rows, row)])));
}

/** (pieces) in how many texts of the language a piece occurs, and how many texts there are. */
export function textCounts(
  { rows, sets }: TextStore,
  lang: number,
  pieces: number,
): { readonly counts: Float64Array; readonly texts: number } {
  const counts = new Float64Array(pieces);
  const seen = new Set<number>(); // rows: a passage may answer several concepts
  for (const { groups } of sets) {
    for (const { queries, passages } of groups) {
      for (const ref of [...passages, ...queries]) {
        if (ref.lang !== lang || seen.has(ref.row)) continue;
        seen.add(ref.row);
        for (const piece of new Set(tokensOf(rows, ref.row))) counts[piece]!++;
      }
    }
  }
  return { counts, texts: seen.size };
}
