// How a checkpoint wants its texts: prompts before them and how long they may be. Reads no files.
import * as v from "valibot";
import { DataError } from "../inputError.ts";

const prompt = v.pipe(v.string(), v.maxLength(2000));
const promptSchema = v.object({
  prompts: v.optional(v.nullable(v.record(v.string(), v.nullable(prompt))), null),
  default_prompt_name: v.optional(v.nullable(v.string()), null),
});

export interface Prompts {
  readonly query: string;
  readonly passage: string;
}

/** Names under which models keep the prompt of a side, the commonest first. */
const NAMES = { query: ["query", "web_search_query"], passage: ["passage", "document", "corpus"] } as const;

/**
 * Prompts of config_sentence_transformers.json; null where a model has none for queries and passages.
 * @throws DataError naming the field
 */
export function parsePrompts(value: unknown, where: string): Prompts | null {
  const result = v.safeParse(promptSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
  }
  const { prompts, default_prompt_name: defaultName } = result.output;
  if (!prompts) return null;
  const find = (names: readonly string[]) =>
    [...names, ...(defaultName === null ? [] : [defaultName])]
      .map((name) => (Object.hasOwn(prompts, name) ? prompts[name] : undefined))
      .find((text) => text);
  const [query, passage] = [find(NAMES.query), find(NAMES.passage)];
  return query || passage ? { query: query ?? "", passage: passage ?? "" } : null;
}

const lengthSchema = v.object({
  max_seq_length: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
});

/** max_seq_length of sentence_bert_config.json, or Infinity. @throws DataError naming the field */
export function parseLongest(value: unknown, where: string): number {
  const result = v.safeParse(lengthSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
  }
  return result.output.max_seq_length ?? Infinity;
}
