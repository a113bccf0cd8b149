// What the converters of parallel texts share: both sides of a sentence, splits where a set has none, varieties of a
// language, answers that several questions share. Reads no file.
import type { ConversionReport } from "./converter.ts";
import type { SidedRecord, Split } from "../data/records.ts";
import { languageTag } from "../languages/languageTag.ts";

/** A sentence of a parallel text: it is query and passage, so that every ordered pair of its languages can train. */
export function* bitext(sentence: {
  _id: string;
  text: string;
  lang: string;
  concept: string;
  split: Split;
}): Generator<SidedRecord> {
  const { _id, text, lang, concept, split } = sentence;
  yield { side: "queries", record: { _id, text, lang, concept, split } };
  yield { side: "passages", record: { _id, text, lang, concepts: [concept], split } };
}

/** Of a set without splits, this share of its documents (or of its concepts, where there are none) is test. */
export const TEST_SHARE = 0.1;

/** The split of a document by its name alone: the same on every machine, whichever languages are chosen. */
export function splitByHash(name: string): Split {
  let hash = 0x811c9dc5; // FNV-1a over UTF-16 units, then murmur3's finaliser, which spreads it over all bits
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < TEST_SHARE ? "test" : "train";
}

/**
 * The tag of each code of a set. A regional variety goes by its language's tag when it is the only one of it
 * ("pt-BR" alone is "pt"). Beside the language itself it is left out: its rows would pass for cross-lingual ones.
 *
 * @returns code -> tag, without the codes left out
 * @throws RangeError for a code that is none; Error when two codes mean one language
 */
export function tagVarieties(
  codes: readonly string[],
  report: ConversionReport,
): ReadonlyMap<string, string> {
  const full = new Map(codes.map((code) => [code, tagOf(code)]));
  const withoutRegion = (tag: string) => tag.replace(/-([A-Z]{2}|[0-9]{3})$/, "");
  const taken = new Map<string, string>(); // tag -> code
  for (const [code, tag] of full) {
    const base = withoutRegion(tag);
    const others = [...full.values()].filter((other) => other !== tag && withoutRegion(other) === base);
    if (base !== tag && others.includes(base)) {
      report.leaveOut(`regional varieties beside their language`, code);
      continue;
    }
    const chosen = others.length === 0 ? base : tag;
    const twice = taken.get(chosen);
    if (twice !== undefined) throw new Error(`${twice} and ${code} are both "${chosen}": give one of them`);
    taken.set(chosen, code);
  }
  return new Map([...taken].map(([tag, code]) => [code, tag]));
}

function tagOf(code: string): string {
  const tag = languageTag(code);
  if (tag === null) throw new RangeError(`"${code}" is no language code such as "sw" or "zh-Hant"`);
  return tag;
}

/** Passages that several questions share, such as the answer "1984": one passage with all of their concepts. */
export interface SharedPassages {
  /**
   * @param passage without a concept, it answers none of those asked so far: a negative
   * @returns whether it is a new one
   */
  add(passage: { text: string; lang: string; split: Split; concept?: string }): boolean;
  /** In the order of their first question. */
  records(): Generator<SidedRecord>;
}

interface SharedPassage {
  readonly text: string;
  readonly lang: string;
  readonly split: Split;
  readonly concepts: string[]; // one may be there twice
}

/** Memory: every text once, and about 200 bytes beside it. */
export function createSharedPassages(): SharedPassages {
  const all: SharedPassage[] = [];
  const found = new Map<string, Map<string, SharedPassage>>(); // language and split -> text: a key made of all would copy the text
  return {
    add({ text, lang, split, concept }) {
      const key = `${lang} ${split}`;
      const ofKey = found.get(key) ?? new Map<string, SharedPassage>();
      found.set(key, ofKey);
      const known = ofKey.get(text);
      const passage = known ?? { text, lang, split, concepts: [] };
      if (!known) {
        ofKey.set(text, passage);
        all.push(passage);
      }
      const { concepts } = passage;
      if (concept !== undefined && concepts.at(-1) !== concept) concepts.push(concept);
      return !known;
    },
    *records() {
      for (const [n, { text, lang, split, concepts }] of all.entries()) {
        const record = { _id: `${lang}:p${n}`, text, lang, concepts: [...new Set(concepts)], split };
        yield { side: "passages", record };
      }
    },
  };
}
