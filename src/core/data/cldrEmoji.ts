// Emoji names and keywords of Unicode CLDR as a retrieval set: concept = emoji, passage = its name, queries = its
// other keywords. Decides concepts, splits and query texts; never reads a file.
import type { Random } from "../random.ts";
import type { SidedRecord, Split } from "./records.ts";

/** One entry of a CLDR annotations file: the name ("tts", text to speech) and the search keywords. */
export interface Annotation {
  readonly tts?: readonly string[];
  readonly default?: readonly string[];
}
/** One language: character or sequence -> annotation. */
export type Annotations = Readonly<Record<string, Annotation>>;

export const TEST_SHARE = 0.25; // of the concepts, the same ones in all languages
export const MIN_CONCEPTS = 1400; // a language with fewer concepts that have a query is left out
export const MAX_CARRIERS = 4; // emoji of a language that may carry all words of one query

/** True for emoji; false for punctuation, currency signs, digits in keycaps, arrows and bare skin tones. */
export function isEmoji(key: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(key);
}

/** Code points in hex joined by "-": "1f600", "1f9d4-200d-2642". */
export function conceptId(key: string): string {
  return Array.from(key, (c) => c.codePointAt(0)!.toString(16)).join("-");
}

/** The emoji of a concept's id, in the picture style where a character has two. */
export function emojiOf(concept: string): string {
  const text = String.fromCodePoint(...concept.split("-").map((hex) => parseInt(hex, 16)));
  return /^\p{Extended_Pictographic}$/u.test(text) ? `${text}\ufe0f` : text;
}

/** Comparison form: compatibility-composed, lower case, single spaces. */
export function normaliseWord(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** What one language has to say about one emoji. */
export interface Entry {
  readonly name: string;
  readonly keywords: readonly string[]; // distinct when normalised, the name left out
  readonly words: readonly string[]; // normalised: the keywords in their order, then the name
}

/** Emoji of one language that have a name. */
export function readEntries(annotations: Annotations): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [key, annotation] of Object.entries(annotations)) {
    const name = annotation.tts?.[0]?.trim();
    if (!name || !isEmoji(key)) continue;
    const nameWord = normaliseWord(name);
    const keywords = new Map<string, string>(); // normalised -> as written
    // A few entries hold several keywords in one string, with a comma and a space between.
    for (const keyword of (annotation.default ?? []).flatMap((list) => list.split(/[,،]\s+/))) {
      const word = normaliseWord(keyword);
      if (word !== "" && word !== nameWord && !keywords.has(word)) keywords.set(word, keyword.trim());
    }
    entries.set(key, { name, keywords: [...keywords.values()], words: [...keywords.keys(), nameWord] });
  }
  return entries;
}

/**
 * Queries of every emoji of one language, as lists of keywords.
 *
 * CLDR shares keywords freely ("face" belongs to some 150 emoji), so a query joins several, like a short description,
 * and is kept only if at most MAX_CARRIERS emoji of the language carry all of its words as keywords or as their name:
 * man, woman and person in one job often have equal keywords, and a query for the whole family is still a fair one.
 * A query of the name's own words in another order is no query either. The keywords are shuffled by `random` and dealt
 * into at most `maxQueries` groups of at least two; if any group is unfit, all keywords make one query; if that one is
 * unfit as well, the emoji has no query in this language.
 */
export function dealQueries(
  entries: ReadonlyMap<string, Entry>,
  maxQueries: (key: string) => number,
  random: Random,
): Map<string, readonly (readonly string[])[]> {
  const carriers = new Map<string, Set<string>>(); // word -> emoji
  for (const [key, { words }] of entries) {
    for (const word of words) {
      const keys = carriers.get(word);
      if (keys) keys.add(key);
      else carriers.set(word, new Set([key]));
    }
  }
  const queries = new Map<string, readonly (readonly string[])[]>();
  for (const [key, { keywords, words }] of entries) {
    if (keywords.length === 0) continue;
    const nameBag = bagOf([words.at(-1)!]);
    const isFit = (group: readonly number[]) => {
      const [first, ...rest] = group.map((i) => carriers.get(words[i]!)!);
      const nCarriers = [...first!].filter((other) => rest.every((keys) => keys.has(other))).length;
      return nCarriers <= MAX_CARRIERS && bagOf(group.map((i) => words[i]!)) !== nameBag;
    };
    const order = random.fork(conceptId(key)).shuffle(keywords.map((_, i) => i));
    const n = Math.max(1, Math.min(maxQueries(key), Math.floor(order.length / 2)));
    const dealt = Array.from({ length: n }, (_, g) => order.filter((_, i) => i % n === g));
    const fit = dealt.every(isFit) ? dealt : [order].filter(isFit);
    if (fit.length > 0)
      queries.set(
        key,
        fit.map((group) => group.map((i) => keywords[i]!)),
      );
  }
  return queries;
}

/** The distinct words of some phrases, in one order: equal for "frowning face" and ["face", "frowning"]. */
function bagOf(phrases: readonly string[]): string {
  const words = phrases
    .flatMap((phrase) => phrase.split(/[^\p{L}\p{M}\p{N}]+/u))
    .filter((word) => word !== "");
  return [...new Set(words)].sort().join(" ");
}

export interface EmojiSet {
  readonly languages: readonly string[];
  readonly concepts: readonly string[]; // emoji, not ids; named in every language
  readonly records: Generator<SidedRecord>;
}

/**
 * The whole set. A language is kept if at least `minConcepts` of its emoji have a name and another keyword. Concepts
 * are the emoji named in every language that is kept, so that each has one passage per language. A test concept
 * gives up to two test queries per language; any other up to two train queries and, from four keywords on, one for dev.
 *
 * @param annotations per language, base languages only
 * @param random forked by purpose: "split" and "keywords/<language>/<concept>"
 */
export function buildEmojiSet(
  annotations: ReadonlyMap<string, Annotations>,
  random: Random,
  minConcepts: number = MIN_CONCEPTS,
): EmojiSet {
  const all = new Map(
    [...annotations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([l, a]) => [l, readEntries(a)]),
  );
  const kept = new Map([...all].filter(([, entries]) => countWithKeywords(entries.values()) >= minConcepts));
  const [first, ...rest] = [...kept.values()];
  const concepts = [...(first?.keys() ?? [])].filter((key) => rest.every((entries) => entries.has(key)));
  concepts.sort((a, b) => (conceptId(a) < conceptId(b) ? -1 : 1));

  const nTest = Math.round(concepts.length * TEST_SHARE);
  const test = new Set(
    random
      .fork("split")
      .shuffle([...concepts])
      .slice(0, nTest),
  );
  const keywordRandom = random.fork("keywords");
  return { languages: [...kept.keys()], concepts, records: records() };

  function* records(): Generator<SidedRecord> {
    for (const [lang, entries] of kept) {
      const shared = new Map(concepts.map((key) => [key, entries.get(key)!]));
      const queries = dealQueries(shared, (key) => (test.has(key) ? 2 : 3), keywordRandom.fork(lang));
      for (const key of concepts) {
        const concept = conceptId(key);
        const _id = `${lang}:${concept}`;
        const split: Split = test.has(key) ? "test" : "train";
        const text = shared.get(key)!.name;
        yield { side: "passages", record: { _id, text, lang, concepts: [concept], split } };
        const groups = queries.get(key) ?? [];
        for (const [i, group] of groups.entries()) {
          const isDev = split === "train" && i > 0 && i === groups.length - 1; // never the only one
          const query = { _id: `${_id}:${i}`, text: group.join(", "), lang, concept };
          yield { side: "queries", record: { ...query, split: isDev ? "dev" : split } };
        }
      }
    }
  }
}

function countWithKeywords(entries: Iterable<Entry>): number {
  let n = 0;
  for (const { keywords } of entries) if (keywords.length > 0) n++;
  return n;
}
