// Collects the text the tokenizer is trained on: normalised, distinct per language, without the held-out lines, each
// with how often it counts. Writes nothing.
import { lineWeights, type LanguageSize } from "./balance.ts";
import { readCorpus, SOURCES, type Source } from "./corpus.ts";
import { isHeldOut } from "./heldOut.ts";
import { boostOf } from "./languages.ts";

export interface TrainingText {
  readonly lines: readonly { readonly lang: string; readonly source: Source; readonly text: string }[];
  readonly weights: ReadonlyMap<string, number>; // by language: copies of each of its lines
  readonly shares: ReadonlyMap<string, number>; // by language: part of the weighted text, sum 1
}

/**
 * A line's size is the mean length of its source in English, so that scripts which need more or fewer characters for the
 * same content are not over- or underrated.
 *
 * @param known languages that count though they are in no study
 * @param alpha see `lineWeights`
 */
export function collectTrainingText(
  dataDir: string,
  known: ReadonlySet<string>,
  alpha: number,
  normalize: (text: string) => string,
): TrainingText {
  const seen = new Map<string, Set<string>>(); // language -> its distinct lines
  const lines: { lang: string; source: Source; text: string }[] = [];
  const english = new Map(SOURCES.map((source) => [source, { chars: 0, lines: 0 }]));
  for (const { source, lang, line, text: raw } of readCorpus(dataDir)) {
    if (isHeldOut(line) || boostOf(lang, known) === 0) continue;
    const text = normalize(raw);
    const distinct = seen.get(lang) ?? new Set<string>();
    seen.set(lang, distinct);
    if (text === "" || distinct.has(text)) continue;
    distinct.add(text);
    lines.push({ lang, source, text });
    if (lang !== "en") continue;
    english.get(source)!.chars += text.length;
    english.get(source)!.lines++;
  }
  const sizes = new Map<string, LanguageSize>();
  for (const { lang, source } of lines) {
    const { chars, lines: n } = english.get(source)!;
    sizes.set(lang, { size: (sizes.get(lang)?.size ?? 0) + chars / n, boost: boostOf(lang, known) });
  }
  const weights = lineWeights(sizes, alpha, 2);
  const masses = [...sizes].map(([lang, { size }]) => [lang, size * weights.get(lang)!] as const);
  const total = masses.reduce((sum, [, mass]) => sum + mass, 0);
  return { lines, weights, shares: new Map(masses.map(([lang, mass]) => [lang, mass / total])) };
}
