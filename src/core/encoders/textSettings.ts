// How a checkpoint wants its texts: prompts before them, how its vectors are compared, how long a text may be; as
// sentence-transformers reads the same files. What the lab would do otherwise is refused by name. Reads no files.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { issueText } from "../issueText.ts";

const prompt = v.pipe(v.string(), v.maxLength(2000));
const promptSchema = v.object({
  prompts: v.nullish(v.record(v.string(), v.nullable(prompt)), {}),
  default_prompt_name: v.nullish(v.string(), null),
});

export interface Prompts {
  readonly query: string;
  readonly passage: string;
}

/** Names of a side's prompt: the first that is there decides, even where it is empty. */
const NAMES = { query: ["query"], passage: ["document", "passage", "corpus"] } as const;
type Side = keyof typeof NAMES;

export interface StatedPrompts {
  readonly prompts: Prompts | null; // null where both sides have none
  readonly notes: readonly string[]; // where sentence-transformers' own encode_query and encode_document differ
}

/**
 * Prompts of config_sentence_transformers.json.
 *
 * Where a side has no key of its own, the default prompt stands for it, and "passage" or "corpus" for "document".
 * encode_query and encode_document of sentence-transformers 6 write nothing there; models that name such a prompt were
 * trained with it.
 * @throws DataError naming the field
 */
export function parsePrompts(value: unknown, where: string): StatedPrompts {
  const { prompts, default_prompt_name: defaultName } = parse(promptSchema, value, where);
  const has = (name: string) => Object.hasOwn(prompts, name);
  const known = [...NAMES.query, "document"]; // these are always there, empty where nothing is said
  if (defaultName !== null && !has(defaultName) && !known.includes(defaultName)) {
    throw new DataError(
      `${where}: default_prompt_name is "${defaultName.slice(0, 60)}", which prompts does not hold`,
    );
  }
  const notes: string[] = [];
  const find = (side: Side): string => {
    const name = NAMES[side].find(has) ?? defaultName;
    const text = name !== null && has(name) ? (prompts[name] ?? "") : "";
    const own = side === "query" ? "query" : "document";
    if (text !== "" && name !== own) {
      notes.push(
        `${where}: ${side === "query" ? "queries" : "passages"} begin with its prompt "${name}"; ` +
          `encode_${own} of sentence-transformers 6 takes "${own}" only and writes nothing`,
      );
    }
    return text;
  };
  const found = { query: find("query"), passage: find("passage") };
  return { prompts: found.query || found.passage ? found : null, notes };
}

const comparison = v.object({
  model_type: v.nullish(v.string(), "SentenceTransformer"),
  similarity_fn_name: v.nullish(v.string(), "cosine"),
  truncate_dim: v.nullish(v.number(), null),
});

/**
 * The rest of config_sentence_transformers.json: vectors are compared by their cosine here.
 * @param unitLength whether a Normalize module ends the chain, after which dot products are cosines
 * @throws DataError naming the field, what it asks for and what would be right
 */
export function checkComparison(value: unknown, unitLength: boolean, where: string): void {
  const { model_type, similarity_fn_name: similarity, truncate_dim } = parse(comparison, value, where);
  if (model_type !== "SentenceTransformer") {
    throw new DataError(
      `${where}: model_type is "${model_type.slice(0, 40)}"; the lab computes a SentenceTransformer only`,
    );
  }
  if (truncate_dim !== null) {
    throw new DataError(`${where}: truncate_dim is ${truncate_dim}; the lab compares whole vectors`);
  }
  if (similarity === "cosine" || (similarity === "dot" && unitLength)) return;
  const right =
    similarity === "dot"
      ? 'without a Normalize module lengths count, and the lab compares directions: give it one, or "cosine" if that is meant'
      : 'the lab compares by "cosine", and by "dot" after a Normalize module';
  throw new DataError(`${where}: similarity_fn_name is "${similarity.slice(0, 40)}"; ${right}`);
}

const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
/** What another call of the tokenizer or model would be asked; {} and null ask for nothing. */
const kwargs = v.nullish(v.record(v.string(), v.unknown()), {});
const transformer = v.strictObject({
  max_seq_length: v.nullish(length),
  do_lower_case: v.nullish(v.boolean(), false),
  transformer_task: v.nullish(v.string(), "feature-extraction"),
  modality_config: v.nullish(v.record(v.string(), v.record(v.string(), v.unknown()))),
  module_output_name: v.nullish(v.string(), "token_embeddings"),
  processing_kwargs: kwargs,
  unpad_inputs: v.nullish(v.boolean()), // changes no number
  query_length: v.nullish(length),
  document_length: v.nullish(length),
  query_expansion: v.nullish(v.unknown(), null),
  model_kwargs: kwargs,
  model_args: kwargs,
  config_kwargs: kwargs,
  config_args: kwargs,
  processor_kwargs: kwargs,
  tokenizer_args: kwargs,
  tokenizer_name_or_path: v.nullish(v.string(), null),
});

/** Keywords of loading that change no number, or only the precision of the arithmetic, which is float32 here. */
const HARMLESS = new Set([
  "attn_implementation",
  "device_map",
  "dtype",
  "low_cpu_mem_usage",
  "torch_dtype",
  "trust_remote_code",
  "use_cache",
]);

/** A Transformer module's settings, as far as they reach a text. */
export interface TransformerSettings {
  readonly longest: number | undefined; // tokens; undefined where its tokenizer says
  readonly lowerCase: boolean;
  readonly tokenizer: Readonly<Record<string, unknown>>; // what stands over tokenizer_config.json
}

/** sentence_bert_config.json. @throws DataError naming the field and what would be right */
export function parseTransformerSettings(value: unknown, where: string): TransformerSettings {
  const config = parse(transformer, value, where);
  const refuse = (field: keyof typeof config, right: string): never => {
    throw new DataError(`${where}: ${field} is ${JSON.stringify(config[field]).slice(0, 80)}; ${right}`);
  };
  if (config.transformer_task !== "feature-extraction")
    refuse("transformer_task", 'the lab computes "feature-extraction"');
  if (config.module_output_name !== "token_embeddings")
    refuse("module_output_name", 'the lab computes "token_embeddings"');
  const { text, message } = config.modality_config ?? {};
  if (text && (text["method"] !== "forward" || text["method_output_name"] !== "last_hidden_state"))
    refuse("modality_config", "the lab takes the last hidden state of a text");
  if (config.modality_config && (!text || message))
    refuse("modality_config", "the lab reads texts, and no chats");
  if (config.query_expansion !== null) refuse("query_expansion", "the lab adds no tokens to queries");
  if (config.query_length !== config.document_length && (config.query_length ?? config.document_length))
    refuse(config.query_length ? "query_length" : "document_length", "the lab has one length for both sides");
  if (config.tokenizer_name_or_path !== null)
    refuse("tokenizer_name_or_path", "the lab reads the tokenizer of the folder itself");
  for (const field of ["model_kwargs", "model_args", "config_kwargs", "config_args"] as const) {
    if (Object.keys(config[field]).some((name) => !HARMLESS.has(name)))
      refuse(field, "the lab has no such setting: leave it out");
  }
  const tokenizer = { ...config.tokenizer_args, ...config.processor_kwargs };
  const { model_max_length: stated, ...rest } = tokenizer;
  const called = callLength(config.processing_kwargs);
  if (called === null) refuse("processing_kwargs", "the lab knows text.max_length only");
  return {
    longest: called ?? config.query_length ?? asLength(stated) ?? config.max_seq_length ?? undefined,
    lowerCase: config.do_lower_case,
    tokenizer: rest,
  };
}

const asLength = (value: unknown) => (v.is(length, value) ? value : undefined);

/** The length that each call of the tokenizer is asked for; null where it is asked for something else. */
function callLength(processing: Readonly<Record<string, unknown>>): number | null | undefined {
  const given = v.safeParse(
    v.strictObject({ text: v.nullish(v.strictObject({ max_length: v.optional(length) }), {}) }),
    processing,
  );
  return given.success ? given.output.text.max_length : null;
}

function parse<T extends v.GenericSchema>(schema: T, value: unknown, where: string): v.InferOutput<T> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issueText(issue)}`);
}
