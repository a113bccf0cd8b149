// Reads the sets of a recipe and refuses what the tests have too. Trains nothing.
import { asDataError } from "../../core/inputError.ts";
import type { Manifest, Shard } from "../../core/data/manifest.ts";
import { SIDES, SPLITS, type ShardRow, type Side } from "../../core/data/records.ts";
import { readShard } from "../../training/data/readShard.ts";
import { comparable, type LeakCheck } from "../../training/distill/leakCheck.ts";
import type { Source } from "../../core/distill/recipe.ts";
import type { LoadedSource } from "../../training/distill/textGroups.ts";
import type { Tokenizer } from "../../training/text/tokenizer.ts";
import { findDataset, openDataset } from "../nodeShards.ts";

/** Sets that measure the result, and the part of each that does. */
const PHRASES = "cldr-emoji";
const TESTS = [
  { id: "xquad-r", splits: SPLITS },
  { id: PHRASES, splits: ["test"] },
] as const;

/** Forbids the texts of the test sets that are on this machine. @returns the ids of those that are not */
export async function forbidTests(leaks: LeakCheck, home: string): Promise<readonly string[]> {
  const absent: string[] = [];
  for (const { id, splits } of TESTS) {
    if ((await findDataset(id, home)) === null) {
      absent.push(id);
      continue;
    }
    const source = await openDataset(id, home);
    for (const shard of (await source.manifest()).shards) {
      if (!(splits as readonly string[]).includes(shard.split)) continue;
      for (const { id: row, text } of await readShard(source, shard)) leaks.forbid(text, `${id} ${row}`);
    }
  }
  return absent;
}

/** "In 1945." says nothing of a test; a shared sentence does. */
const PHRASE_LETTERS = 20;

type Credits = Pick<Manifest, "id" | "title" | "licence" | "citation" | "source" | "sha256">;

/** The texts of a set but for those refused. */
export interface SetTexts {
  readonly manifest: Credits;
  readonly rows: readonly (Pick<ShardRow, "id" | "text" | "concepts"> &
    Pick<Shard, "side" | "split" | "lang">)[];
  readonly leaked: readonly string[]; // "<row>: <place in the test set>" of training rows that were refused
}

/**
 * One or both sides of a set. Two people may well write the same two words, so a source may ask that what it shares with
 * the emoji test, and shared texts of at most 20 letters, be left out; any other leak ends it all.
 *
 * @throws DataError naming the row and its place in the test set
 */
export async function readTexts(
  { id: set, dropTestPhrases }: Pick<Source, "id" | "dropTestPhrases">,
  sides: readonly Side[],
  leaks: LeakCheck,
  home: string,
  languages?: readonly string[], // left out: all it has
): Promise<SetTexts> {
  try {
    const dataset = await openDataset(set, home);
    const manifest = await dataset.manifest();
    const rows: SetTexts["rows"][number][] = [];
    const leaked: string[] = [];
    for (const shard of manifest.shards) {
      const { lang, side, split } = shard;
      if (!sides.includes(side) || languages?.includes(lang) === false) continue;
      for (const { id, text, concepts } of await readShard(dataset, shard)) {
        const place = split === "train" ? leaks.find(text) : undefined;
        const phrase = place?.startsWith(`${PHRASES} `) === true || comparable(text).length <= PHRASE_LETTERS;
        const dropped = place !== undefined && phrase && dropTestPhrases;
        if (place !== undefined && !dropped) leaks.check(text, `${set} ${id}`);
        if (dropped) leaked.push(`${id}: ${place}`);
        else rows.push({ id, text, side, split, lang, concepts });
      }
    }
    return { rows, manifest, leaked };
  } catch (error) {
    throw asDataError(error);
  }
}

export interface SourceTexts extends LoadedSource, Omit<SetTexts, "rows"> {}

/** A set in tokens of the full vocabulary. @throws DataError as `readTexts` */
export async function loadSource(
  source: Source,
  tokenizer: Tokenizer,
  maxTokens: number,
  leaks: LeakCheck,
  home: string,
): Promise<SourceTexts> {
  // Queries of parallel texts repeat the passages.
  const sides = source.use === "pairs" ? SIDES : (["passages"] as const);
  const { rows, ...rest } = await readTexts(source, sides, leaks, home);
  const inTokens = rows.map(({ side, split, lang, concepts, text }) => {
    return { side, split, lang, concepts, tokens: tokenizer.encode(text).slice(0, maxTokens) };
  });
  return { source, rows: inTokens, ...rest };
}
