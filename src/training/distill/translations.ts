// Which English pieces each piece stands for, all languages together: a sparse table, kept between runs. Pure.
import type { Recipe } from "../../core/distill/recipe.ts";
import { hubPairs, textCounts } from "./hubPairs.ts";
import type { TextStore } from "./textGroups.ts";
import { alignPieces, type Alignment } from "./wordAlignment.ts";

/** Row f: pieces targets[offsets[f] ..], with the shares of f's sentences in which each translates it. */
export interface Translations {
  readonly offsets: Int32Array; // (V + 1)
  readonly targets: Int32Array;
  readonly shares: Float32Array; // > 0
}

/** What one language says about its pieces. */
export interface AlignedLanguage {
  readonly weight: number; // of this language's evidence about a piece that others have too
  readonly alignment: Alignment;
  readonly counts: Float64Array; // (V) sentence pairs in which the piece occurs
}

/** English texts count as many as this, so that their number does not decide how other languages are heard. */
const ENGLISH_TEXTS = 20_000;

/** Tells each language when it is done. */
export function* findTranslations(
  store: TextStore,
  recipe: Pick<Recipe, "languages" | "alignment">,
  pieces: number,
): Generator<{ done: number; total: number }, Translations> {
  const { boosted, boost } = recipe.languages;
  const hub = hubPairs(store);
  const aligned: AlignedLanguage[] = [];
  for (const { lang, pairs } of hub) {
    const alignment = alignPieces(pairs, recipe.alignment);
    const counts = new Float64Array(pieces);
    for (const { source } of pairs) for (const piece of source) counts[piece]!++;
    // A language is heard with the root of its size; pieces shared by many belong to none.
    const weight = (boosted.includes(store.languages[lang]!) ? boost : 1) / Math.sqrt(pairs.length);
    aligned.push({ weight, alignment, counts });
    yield { done: aligned.length, total: hub.length };
  }
  const { counts: english, texts } = textCounts(store, store.languages.indexOf("en"), pieces);
  const scale = (boost * Math.sqrt(ENGLISH_TEXTS)) / Math.max(1, texts);
  return joinLanguages(
    aligned,
    english.map((n) => n * scale),
  );
}

/**
 * p(e | f) = the weighted share of f's sentences in which e translates it. English pieces translate themselves. One more
 * sentence per language is counted, so that what was seen once or twice is believed less.
 *
 * @param english (V) occurrences of a piece that stand for itself, already weighted
 */
export function joinLanguages(languages: readonly AlignedLanguage[], english: Float64Array): Translations {
  const total = english.slice();
  const rows = Array.from(english, (amount, piece) =>
    amount > 0 ? new Map([[piece, amount]]) : new Map<number, number>(),
  );
  for (const { weight, alignment, counts } of languages) {
    counts.forEach((n, piece) => (total[piece]! += n > 0 ? weight * (n + 1) : 0));
    alignment.counts.forEach((n, i) => {
      const row = rows[alignment.source[i]!]!;
      const target = alignment.target[i]!;
      row.set(target, (row.get(target) ?? 0) + weight * n);
    });
  }
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, piece) => (offsets[piece + 1] = offsets[piece]! + row.size));
  const targets = new Int32Array(offsets[rows.length]!);
  const shares = new Float32Array(targets.length);
  rows.forEach((row, piece) => {
    const ordered = [...row].sort(([a], [b]) => a - b);
    ordered.forEach(([target, amount], i) => {
      targets[offsets[piece]! + i] = target;
      shares[offsets[piece]! + i] = amount / total[piece]!;
    });
  });
  return { offsets, targets, shares };
}
