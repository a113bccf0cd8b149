// What labs up to 0.2 made of a checkpoint that is read otherwise today: its hash in their records, and why it is another
// now. A folder that they read as it is read today keeps its hash (ADR 26). Goes once no such record is to be replayed.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Pooling } from "../../core/encoders/moduleList.ts";
import type { Prompts } from "../../core/encoders/textSettings.ts";

/** One thing that is read otherwise. */
export interface Change {
  readonly key: string; // of the hash: never reworded
  readonly words: string;
}

export interface FormerReading {
  readonly longest: number;
  readonly pooling: Pooling;
  readonly tokenizerSha256: string;
  readonly changes: readonly Change[]; // whatever a run asks for
}

/** How the same files were known before. */
export interface FormerName {
  readonly sha256: string;
  readonly words: readonly string[];
}

export const READ_OTHERWISE = "is read otherwise than by labs up to 0.2";

/** Holds the beginning of the hash that older records know the encoder by: `lab replay` finds it by that. */
export function readOtherwise(id: string, { sha256, words }: FormerName): string {
  return `${id} ${READ_OTHERWISE}, so their runs on it may come out different: ${words.join("; ")} (encoder ${sha256.slice(0, 12)}… there)`;
}

/** What one run makes of a checkpoint. */
export interface Reading {
  readonly settings: string;
  readonly pooling: Pooling;
  readonly tokenizerSha256: string;
  readonly files: readonly string[]; // names and hashes
  readonly maxTokens: number; // as the run asks, or of its longest text
  readonly longest: number; // as the checkpoint allows
}

/** The SHA-256 that stands for the encoder; with the former one where that was of another reading. */
export function encoderHash(
  reading: Reading,
  former: FormerReading,
): { readonly sha256: string; readonly former?: FormerName } {
  const { settings, pooling, tokenizerSha256, files, maxTokens, longest } = reading;
  const changes = [...former.changes];
  if (Math.min(maxTokens, longest) !== Math.min(maxTokens, former.longest))
    changes.push({ key: `longest ${longest}`, words: `its texts are cut at ${longest} tokens` });
  if (pooling !== former.pooling)
    changes.push({ key: `pooling ${pooling}`, words: "encoder.pooling decides, as the folder says nothing" });
  const before = hash([settings, former.pooling, former.tokenizerSha256, ...files]);
  if (changes.length === 0) return { sha256: before };
  const keys = changes.map(({ key }) => key);
  return {
    sha256: hash([settings, pooling, tokenizerSha256, ...files, ...keys]),
    former: { sha256: before, words: changes.map(({ words }) => words) },
  };
}

const hash = (lines: readonly string[]) => bytesToHex(sha256(utf8ToBytes(lines.join("\n"))));

export const WORDS_BY_LOWER_CASE: Change = {
  key: "words",
  words: "words weigh what their lower-case spelling does",
};
export const TWO_TYPES: Change = {
  key: "types",
  words: "it has two token types, as config.json does not say how many",
};

/** The change, if any, from one pair of prompts to another. */
export function promptChanges(former: Prompts | null, now: Prompts | null): Change[] {
  if (former?.query === now?.query && former?.passage === now?.passage) return [];
  const words = now
    ? `queries begin with ${JSON.stringify(now.query)} and passages with ${JSON.stringify(now.passage)}`
    : "nothing stands before its texts";
  return [{ key: `prompts ${JSON.stringify(now)}`, words }];
}

/** @param value of config_sentence_transformers.json, parsed by `parsePrompts` without an error */
export function formerPrompts(value: unknown): Prompts | null {
  const { prompts, default_prompt_name: unless } = (value ?? {}) as {
    prompts?: Readonly<Record<string, string | null>> | null;
    default_prompt_name?: string | null;
  };
  const find = (...names: readonly (string | null | undefined)[]) =>
    names
      .map((name) => (typeof name === "string" && Object.hasOwn(prompts ?? {}, name) ? prompts![name] : ""))
      .find(Boolean);
  const query = find("query", "web_search_query", unless) ?? "";
  const passage = find("passage", "document", "corpus", unless) ?? "";
  return query || passage ? { query, passage } : null;
}

/** @param value of sentence_bert_config.json */
export function formerLongest(value: unknown): number {
  const stated = (value as { max_seq_length?: unknown } | null | undefined)?.max_seq_length;
  return typeof stated === "number" ? stated : Infinity; // what else it is the reader of today refuses
}
