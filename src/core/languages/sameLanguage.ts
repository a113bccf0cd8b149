// Which codes name one language, so that what a spec calls "nb" is found in a set that calls it "no". Renames nothing that is kept.
import { languageTag } from "./languageTag.ts";

/**
 * Codes that `languageTag` keeps apart, as sets of the lab are named by both: Bokmål is what sets mean by Norwegian, and
 * Ayacucho and Cusco Quechua are members of the macrolanguage qu (ISO 639-3). All other names of one language are Unicode
 * CLDR's `languageAlias` (languageTag.ts).
 */
const ONE_LANGUAGE: Readonly<Record<string, string>> = { nb: "no", quy: "qu", quz: "qu" };

/** Equal for two codes of one language, variety included: "nor", "nb" -> "no"; "zh-TW", "zh-Hant-TW" -> "zh-Hant". */
export function languageName(code: string): string {
  const [base = "", ...rest] = (languageTag(code) ?? code).split("-");
  return [ONE_LANGUAGE[base] ?? base, ...rest].join("-");
}

/**
 * Equal for two codes of one language as it is written, wherever: "en-US" -> "en", "zh-HK" -> "zh-Hant". Scripts stay apart,
 * for an encoder sees other pieces.
 */
export function languageKey(code: string): string {
  return languageName(code)
    .split("-")
    .filter((part, i) => i === 0 || part.length === 4)
    .join("-");
}

/** "en" of "en-US" and "en": what one language under two codes is called; undefined for two languages, and for one code. */
export function sharedName(a: string | undefined, b: string | undefined): string | undefined {
  const isOne = a !== undefined && b !== undefined && a !== b && languageKey(a) === languageKey(b);
  return isOne ? languageKey(a) : undefined;
}

/**
 * Where a set has the languages that are asked for: by the code itself, by another code of the same variety, by the only
 * variety in that script; and a code that names no script by the only one of that language (ADR 29). None is taken twice.
 *
 * @returns code that was asked for -> code of the set; those that it lacks have no entry
 */
export function matchLanguages(
  asked: readonly string[],
  available: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map(asked.filter((code) => available.includes(code)).map((code) => [code, code]));
  const ways: readonly ((code: string) => string)[] = [languageName, languageKey, baseOf];
  ways.forEach((nameOf, i) => {
    const isBase = i === ways.length - 1;
    for (const code of asked) {
      if (found.has(code) || (isBase && languageName(code).includes("-"))) continue;
      const taken = new Set(found.values());
      const fitting = available.filter((own) => !taken.has(own) && nameOf(own) === nameOf(code));
      const rivals = available.filter((own) => nameOf(own) === nameOf(code));
      if (fitting.length === 1 && rivals.length === 1) found.set(code, fitting[0]!);
    }
  });
  return found;
}

const baseOf = (code: string): string => languageName(code).split("-")[0]!;
