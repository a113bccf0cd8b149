// Makes the set that encoders are chosen on, and adds it to the lab's home as `distill-dev`: held-out NTREX-128 sentences,
// asked by a few of their words among words of another sentence. Words, not pieces, so that tokenizers can be compared.
//   LAB_HOME=... npx tsx scripts/distill/selectionSet.ts
// Nothing of it is committed; XQuAD-R has no part in it.
import path from "node:path";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { SidedRecord } from "../../src/core/data/records.ts";
import { createFolderSink, labHome, openDataset } from "../../src/cli/nodeShards.ts";
import { readShard } from "../../src/training/data/readShard.ts";
import { writeShards } from "../../src/training/data/writeShards.ts";

const ID = "distill-dev";
/** XQuAD-R's languages, and a dozen of low or middling resources. */
const LANGUAGES = "ar de el en es hi ru th tr vi zh am bn fi ha id ja ko sw ta te ur yo".split(" ");
/** Words kept of a sentence, and words of another sentence at most. */
const [FEWEST, MOST, NOISE] = [2, 6, 4];
/** A word is kept in proportion to 1 / (its share + this). */
const SHARE_FLOOR = 1e-3;

const home = labHome();
const source = await openDataset("ntrex-128", home);
const manifest = await source.manifest();
const random = createRandom(1);

/** Words of a text: letters or digits, as the language's own rules part them. */
const wordsOf = (text: string, lang: string) =>
  [...new Intl.Segmenter(lang, { granularity: "word" }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);

function noisyWords(
  words: readonly string[],
  other: readonly string[],
  shares: Map<string, number>,
  draw: Random,
) {
  const left = words.map((word) => 1 / (shares.get(word.toLowerCase())! + SHARE_FLOOR));
  const kept: string[] = [];
  for (const n = Math.min(words.length, FEWEST + draw.int(MOST - FEWEST + 1)); kept.length < n;) {
    const at = draw.weighted(left);
    left[at] = 0;
    kept.push(words[at]!);
  }
  for (let n = draw.int(NOISE + 1); n > 0; n--) kept.push(other[draw.int(other.length)]!);
  return kept.join(" ");
}

async function* records(): AsyncGenerator<SidedRecord> {
  for (const lang of LANGUAGES) {
    const rows = [];
    for (const shard of manifest.shards) {
      if (shard.lang === lang && shard.side === "passages" && shard.split === "test")
        rows.push(...(await readShard(source, shard)));
    }
    const words = rows.map(({ text }) => wordsOf(text, lang));
    const counts = new Map<string, number>();
    const all = words.flat();
    for (const word of all) counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + 1);
    const shares = new Map([...counts].map(([word, n]) => [word, n / all.length]));
    const draw = random.fork(lang);
    for (const [i, { text, concepts }] of rows.entries()) {
      const concept = concepts[0]!;
      const _id = `${lang}:${concept}`;
      yield { side: "passages", record: { _id, text, lang, concepts: [concept], split: "test" } };
      if (words[i]!.length < FEWEST) continue;
      const query = noisyWords(words[i]!, words[draw.int(words.length)]!, shares, draw);
      yield { side: "queries", record: { _id, text: query, lang, concept, split: "test" } };
    }
  }
}

const { title, licence, citation } = manifest;
const facts = {
  id: ID,
  title: `${title}, noisy words of held-out sentences`,
  licence,
  citation,
  source: "scripts/distill",
};
const made = await writeShards(facts, records(), await createFolderSink(path.join(home, "datasets", ID)));
console.log(made.shards.map(({ path: file, count }) => `${file}\t${count}`).join("\n"));
