// Sets of invented texts of any size, in pseudo-words, written as dataset folders under the system's temporary folder.
import { tmpdir } from "node:os";
import path from "node:path";
import { createFolderShards, createFolderSink } from "../../src/cli/nodeShards.ts";
import type { SidedRecord } from "../../src/core/data/records.ts";
import { writeShards } from "../../src/training/data/writeShards.ts";

export const LANGUAGES = ["en", "de", "sw", "yo"] as const;
const TEST_CONCEPTS = 250; // the same in every size, so that evaluation costs the same

const ONSETS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "tr"];
const VOWELS = ["a", "e", "i", "o", "u", "ai", "ou", "ea"];

/** A pronounceable word of a number in [0, 2^21): three syllables, a language's words ending its own way. */
function word(n: number, lang: number): string {
  const syllable = (i: number) => ONSETS[i & 15]! + VOWELS[(i >> 4) & 7]!;
  return (
    syllable(n & 127) + syllable((n >> 7) & 127) + syllable((n >> 14) & 127) + ["n", "r", "s", "l"][lang]!
  );
}

/** Multiplication by an odd number mixes 32 bits; the upper ones are the best. */
const mix = (n: number) => (Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) >>> 11) % 2 ** 21;

function text(concept: number, lang: number, words: number, salt: number): string {
  const shown = Array.from({ length: words }, (_, i) =>
    // Every third word tells the concept, in the words of the language; the others are common ones.
    word(i % 3 === 0 ? mix(concept * 31 + i) : mix((concept * 7 + i * 13 + salt) % 5000), lang),
  );
  return shown.join(" ");
}

/** `pairs` query-passage pairs: a quarter as many concepts, each in all four languages. */
function* inventPairs(pairs: number): Generator<SidedRecord> {
  const concepts = Math.floor(pairs / LANGUAGES.length);
  for (let c = 0; c < concepts; c++) {
    const split = c < TEST_CONCEPTS ? "test" : "train";
    for (const [l, lang] of LANGUAGES.entries()) {
      const concept = `c${c}`;
      const passage = {
        _id: `${lang}:${c}`,
        text: text(c, l, 14, 1),
        lang,
        concepts: [concept],
        split,
      } as const;
      yield { side: "passages", record: passage };
      yield {
        side: "queries",
        record: { _id: `${lang}:${c}:q`, text: text(c, l, 5, 2), lang, concept, split },
      };
    }
  }
}

/** A pool of that many passages, of which those of the test concepts are asked for: 1,000 queries with 4 answers each. */
function* inventPool(passages: number): Generator<SidedRecord> {
  for (const sided of inventPairs(passages)) {
    if (sided.side === "passages") yield { ...sided, record: { ...sided.record, split: "any" } };
    else if (sided.record.split === "test") yield sided;
  }
}

/** What is made: pairs to train on, or passages that few queries search. */
export type Invention = "pairs" | "pool";

/** The lab's home of a set of that size, made at the first call. Its dataset's id is `invented`. */
export async function inventedHome(size: number, what: Invention = "pairs"): Promise<string> {
  const name = what === "pairs" ? String(size) : `${what}-${size}`;
  const home = path.join(tmpdir(), "hybrid-batch-lab-bench", name);
  const dir = path.join(home, "datasets", "invented");
  const known = await createFolderShards(dir)
    .manifest()
    .catch(() => undefined);
  if (known) return home;
  const facts = {
    id: "invented",
    title: "Invented pairs",
    licence: "MIT",
    citation: "none",
    source: "invented",
  };
  const records = what === "pairs" ? inventPairs(size) : inventPool(size);
  await writeShards({ ...facts, languages: [...LANGUAGES] }, records, await createFolderSink(dir));
  return home;
}
