// What tokenizer_config.json says beside a tokenizer.json: which class of Hugging Face's library takes the file, and how
// long a text may be. What the lab does otherwise is refused by name. Reads no files.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { issueText } from "../issueText.ts";

/** Classes that build their own rules around a file's pieces, with their model and what else they are called. */
export const OWN_RULES = {
  BertTokenizer: "WordPiece",
  RobertaTokenizer: "BPE",
  XLMRobertaTokenizer: "Unigram",
  CamembertTokenizer: "Unigram",
} as const;
export type OwnRules = keyof typeof OWN_RULES;

/** Classes that take the file as it is. */
const AS_WRITTEN = ["PreTrainedTokenizerFast", "TokenizersBackend"];
const SAME_AS: Readonly<Record<string, OwnRules>> = { DistilBertTokenizer: "BertTokenizer" };

/** The class of a checkpoint that names none. */
const OF_MODEL: Readonly<Record<string, OwnRules>> = {
  bert: "BertTokenizer",
  roberta: "RobertaTokenizer",
  "xlm-roberta": "XLMRobertaTokenizer",
  camembert: "CamembertTokenizer",
};

export interface TokenizerConfig {
  readonly rules: OwnRules | null; // null = the file is taken as it is
  readonly longest: number; // tokens; Infinity where nothing is said
  readonly paddingSide: "left" | "right" | undefined;
  /** What may stand in the file too, and wins over it. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const side = v.optional(v.picklist(["left", "right"]));
const schema = v.looseObject({
  tokenizer_class: v.nullish(v.string()),
  model_max_length: v.nullish(v.pipe(v.number(), v.minValue(1))),
  max_len: v.nullish(v.pipe(v.number(), v.minValue(1))), // its name before 2020
  padding_side: side,
  truncation_side: side,
});

/**
 * @param model model_type and tokenizer_class of config.json
 * @throws DataError naming the field and what would be right
 */
export function parseTokenizerConfig(
  value: unknown,
  model: { readonly type: string; readonly tokenizerClass: string | undefined },
  where: string,
): TokenizerConfig {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issueText(issue)}`);
  }
  const config = result.output;
  if (config.truncation_side === "left") {
    throw new DataError(`${where}: truncation_side is "left"; the lab cuts long texts at their end`);
  }
  const named = config.tokenizer_class ?? model.tokenizerClass;
  return {
    rules: rulesOf(named ?? OF_MODEL[model.type], where),
    longest: config.model_max_length ?? config.max_len ?? Infinity,
    paddingSide: config.padding_side,
    fields: config,
  };
}

function rulesOf(named: string | undefined, where: string): OwnRules | null {
  if (named === undefined || AS_WRITTEN.includes(named)) return null;
  const name = named.replace(/Fast$/, "");
  if (Object.hasOwn(SAME_AS, name)) return SAME_AS[name]!;
  if (Object.hasOwn(OWN_RULES, name)) return name as OwnRules;
  const known = [...AS_WRITTEN, ...Object.keys(OWN_RULES)].join(", ");
  throw new DataError(
    `${where}: the lab does not know what the class ${named.slice(0, 60)} does to a text; it knows ${known}`,
  );
}

/** A token as the library writes it: its text, or an object that holds it. */
export function tokenText(value: unknown, unless: string): string {
  if (typeof value === "string") return value;
  const content = (value as { content?: unknown } | null | undefined)?.content;
  return typeof content === "string" ? content : unless;
}
