// What the embedded CLDR data writes with: its texts per locale, and the characters that must be pieces of their own.
// Never a piece of several characters: those are learned from the bitext alone.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Annotation {
  readonly default?: readonly string[];
  readonly tts?: readonly string[];
}
type AnnotationFile = { annotations: { annotations?: Record<string, Annotation> } }; // some locales have none

const PICTURE_OR_SPACE = /\p{Extended_Pictographic}|\s/u;
const THOUSANDS = /\p{Script=Han}|\p{Script=Hangul}/u;

/** Locales of `cldr-annotations-full` under `dir`, its `annotations` folder. */
export function cldrLocales(dir: string): string[] {
  return readdirSync(dir).filter((locale) => locale !== "und");
}

/** Every name and keyword of a locale; none for locales that only inherit. */
export function cldrTexts(dir: string, locale: string): string[] {
  const file = JSON.parse(readFileSync(join(dir, locale, "annotations.json"), "utf8")) as AnnotationFile;
  const annotations = Object.values(file.annotations.annotations ?? {});
  return annotations.flatMap(({ default: keywords = [], tts = [] }) => [...keywords, ...tts]);
}

/**
 * Characters that occur at least 3 times in names and keywords, all locales together; 5 times for Han and Hangul, which
 * have thousands. Those left out fall back to bytes.
 *
 * @param normalize the tokenizer's own normalisation
 */
export function requiredChars(dir: string, normalize: (text: string) => string): string {
  const counts = new Map<string, number>();
  for (const locale of cldrLocales(dir))
    for (const c of normalize(cldrTexts(dir, locale).join(" "))) counts.set(c, (counts.get(c) ?? 0) + 1);
  return [...counts]
    .filter(([c, n]) => n >= (THOUSANDS.test(c) ? 5 : 3) && !PICTURE_OR_SPACE.test(c))
    .map(([c]) => c)
    .sort()
    .join("");
}
