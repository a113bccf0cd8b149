// Which characters must be pieces of their own: those the embedded CLDR data writes with. Never Han or Hangul, whose
// thousands of characters are chosen by frequency; what is left out falls back to bytes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Annotation {
  readonly default?: readonly string[];
  readonly tts?: readonly string[];
}
type AnnotationFile = { annotations: { annotations?: Record<string, Annotation> } }; // some locales have none

const CHOSEN_BY_FREQUENCY = /\p{Script=Han}|\p{Script=Hangul}|\p{Extended_Pictographic}|\s/u;

/** Locales of `cldr-annotations-full` under `dir`, its `annotations` folder. */
export function cldrLocales(dir: string): string[] {
  return readdirSync(dir).filter((locale) => locale !== "und");
}

/**
 * Characters that occur at least `minCount` times in names and keywords, all locales together.
 *
 * @param normalize the tokenizer's own normalisation
 */
export function requiredChars(dir: string, minCount: number, normalize: (text: string) => string): string {
  const counts = new Map<string, number>();
  for (const locale of cldrLocales(dir)) {
    const file = JSON.parse(readFileSync(join(dir, locale, "annotations.json"), "utf8")) as AnnotationFile;
    for (const { default: keywords = [], tts = [] } of Object.values(file.annotations.annotations ?? {}))
      for (const c of normalize([...keywords, ...tts].join(" "))) counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  return [...counts]
    .filter(([c, n]) => n >= minCount && !CHOSEN_BY_FREQUENCY.test(c))
    .map(([c]) => c)
    .sort()
    .join("");
}
