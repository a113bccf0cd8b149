// What the lab knows of a language: names, script, direction, resource class. Never says which dataset has it.
import { LANGUAGE_TABLE } from "./languageTable.ts";

/** Joshi et al. 2020: 0 "left-behinds" … 5 "winners"; null = unrated there. */
export type ResourceClass = 0 | 1 | 2 | 3 | 4 | 5 | null;

export interface LanguageInfo {
  readonly code: string; // BCP 47
  readonly name: string; // English
  readonly autonym: string; // in the language itself; the English name where none is known
  readonly script: string; // ISO 15924; "Zyyy" where not known
  readonly direction: "ltr" | "rtl";
  readonly resourceClass: ResourceClass;
}

const RTL_SCRIPTS = new Set(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"]);

const rows = new Map<string, LanguageInfo>(
  LANGUAGE_TABLE.trim()
    .split("\n")
    .map((line) => {
      const [code = "", name = "", autonym = "", script = "", rating = ""] = line.split("|");
      return [code, describe(code, name, autonym, script, rating === "" ? null : (Number(rating) as 0))];
    }),
);

const unlisted = new Map<string, LanguageInfo>();

/**
 * Facts about a language code. A code outside the table takes its class from the listed language it varies
 * ("pt-AO" from "pt"), its names and script from Intl; where Intl is silent too, the name is the code. Never throws.
 */
export function languageInfo(code: string): LanguageInfo {
  const known = rows.get(code) ?? unlisted.get(code);
  if (known) return known;
  const base = rows.get(code.split("-")[0]!);
  const script = scriptOf(code) ?? base?.script ?? "Zyyy";
  const name = nameIn("en", code) ?? code;
  const info = describe(code, name, nameIn(code, code) ?? name, script, base?.resourceClass ?? null);
  unlisted.set(code, info);
  return info;
}

/** Codes of the lab's table, in its order. */
export function listedLanguages(): readonly string[] {
  return [...rows.keys()];
}

/** True for languages of the lab's table, and varieties of them: what a folder's name may be taken for. */
export function isListed(code: string): boolean {
  return rows.has(code) || rows.has(code.split("-")[0]!);
}

/** Classes 0 to 2 of Joshi et al. 2020, as in DESIGN 8. An unrated language is not called low-resource. */
export function isLowResource(code: string): boolean {
  const { resourceClass } = languageInfo(code);
  return resourceClass !== null && resourceClass <= 2;
}

export const RESOURCE_CLASS_NAMES = [
  "left behind",
  "scraping by",
  "hopeful",
  "rising star",
  "underdog",
  "winner",
] as const;

/** "class 2, hopeful" in the words of Joshi et al., or "unrated". */
export function resourceClassText(resourceClass: ResourceClass): string {
  return resourceClass === null
    ? "unrated"
    : `class ${resourceClass}, ${RESOURCE_CLASS_NAMES[resourceClass]}`;
}

/** Which Intl calls otherwise, or by an adjective alone. */
const SCRIPT_NAMES = new Map([
  ["Zyyy", "Unknown script"],
  ["Hans", "Simplified Han"],
  ["Hant", "Traditional Han"],
]);

/** "Cyrl" -> "Cyrillic"; the code itself where Intl does not know it. */
export function scriptName(script: string): string {
  const own = SCRIPT_NAMES.get(script);
  if (own !== undefined) return own;
  try {
    return new Intl.DisplayNames(["en"], { type: "script" }).of(script) ?? script;
  } catch {
    return script;
  }
}

function describe(
  code: string,
  name: string,
  autonym: string,
  script: string,
  resourceClass: ResourceClass,
): LanguageInfo {
  return { code, name, autonym, script, direction: RTL_SCRIPTS.has(script) ? "rtl" : "ltr", resourceClass };
}

function scriptOf(code: string): string | undefined {
  try {
    return new Intl.Locale(code).maximize().script;
  } catch {
    return undefined;
  }
}

function nameIn(locale: string, code: string): string | undefined {
  try {
    const names = new Intl.DisplayNames([locale], { type: "language", fallback: "none" });
    // Intl falls back to the user's locale for one it lacks, and would name Zarma in German.
    const speaks = names.resolvedOptions().locale.split("-")[0] === locale.split("-")[0];
    return speaks ? names.of(code) : undefined;
  } catch {
    return undefined;
  }
}
