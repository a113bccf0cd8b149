// Languages that names of folders and files state: one, or those of queries and passages. Never guesses from a text.
import { isTwoLetterCode } from "./iso639.ts";
import { isListed } from "./languageInfo.ts";
import { languageTag } from "./languageTag.ts";
import { isRegion } from "./regions.ts";

export interface NamedLanguages {
  readonly query: string;
  readonly passage: string;
}

/** Varieties that people write in small letters, and whose region is also a language's code. */
const VARIETIES = ["pt-br", "zh-tw"];

/**
 * "sw" -> sw for both; "ar-de", "ara-deu", "eng_Latn-deu_Latn" -> the first for queries, the second for passages, as MTEB
 * names its cross-lingual subsets; "pt-BR" -> pt-BR for both. null for any other name, "nq" and "set" included: only
 * languages of the lab's table are taken from a name.
 */
export function languagesOfName(name: string): NamedLanguages | null {
  const pair = pairOfName(name);
  if (pair) return pair;
  const tag = languageTag(name);
  return tag !== null && isListed(tag) ? { query: tag, passage: tag } : null;
}

/** As languagesOfName, for pairs alone, also with "lp" (language pair) before them. */
export function pairOfName(name: string): NamedLanguages | null {
  const pair = pairIn(name);
  return pair && isListed(pair.query) && isListed(pair.passage) ? pair : null;
}

/**
 * As languagesOfName, for a code that stands where only a language's does, as before "-corpus": also languages that the table
 * lacks, such as "bem", and pairs with one of them, "bar-de", which is not the Bavarian of Germany.
 */
export function languagesOfCode(code: string): NamedLanguages | null {
  const named = languagesOfName(code);
  if (named) return named;
  const pair = pairIn(code);
  const tags = pair ? [pair.query, pair.passage] : [];
  const isWritten = /[-_][A-Z][a-z]{3}(?![a-z])/.test(code); // a script makes a code sure
  if (pair && (isWritten || tags.some(isListed)) && tags.every(isCode)) return pair;
  const tag = pair && tags.some(isListed) ? null : languageTag(code);
  return tag === null ? null : { query: tag, passage: tag };
}

/** Two tags behind each other, whatever their languages. */
function pairIn(name: string): NamedLanguages | null {
  if (VARIETIES.includes(name.replace("_", "-").toLowerCase())) return null;
  const bare = name.replace(/^lp[-_](?=.*[-_])/i, "");
  const parts = (bare === bare.toUpperCase() ? bare.toLowerCase() : bare).split(/[-_]/);
  const first = lengthOfTag(parts);
  const second = lengthOfTag(parts.slice(first));
  if (first === 0 || second === 0 || first + second !== parts.length) return null;
  const query = languageTag(parts.slice(0, first).join("-"));
  const passage = languageTag(parts.slice(first).join("-"));
  return query === null || passage === null ? null : { query, passage };
}

const isCode = (tag: string): boolean => {
  const base = tag.split("-")[0]!;
  return isListed(tag) || base.length === 3 || isTwoLetterCode(base);
};

/** How many of the parts make one tag: a code, then a script and a region, which are told from a code by their letters. */
function lengthOfTag(parts: readonly string[]): number {
  if (!/^[a-z]{2,3}$/i.test(parts[0] ?? "")) return 0;
  let length = 1;
  if (/^[A-Za-z][a-z]{3}$/.test(parts[length] ?? "")) length++;
  const region = parts[length] ?? "";
  if (/^([A-Z]{2}|\d{3})$/.test(region) && isRegion(region)) length++;
  return length;
}
