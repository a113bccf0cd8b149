// What a config.json says of an encoder: its sizes, or the name of what the lab cannot compute. Reads no weights.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { issueText } from "../issueText.ts";

export interface TransformerShape {
  readonly kind: "transformer";
  readonly width: number; // D
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabRows: number; // of the word embeddings
  readonly positionRows: number; // of the position embeddings
  readonly positionOffset: number; // rows before that of the first token: XLM-R counts from its padding id + 1
  readonly tokenTypes: number; // rows of the token types; 0 = there are none
  readonly normEpsilon: number;
}

/** A bag of pieces; its sizes are those of its table. */
export interface BagShape {
  readonly kind: "bag";
}

export type Architecture = TransformerShape | BagShape;

/** model_type of the lab's own encoders without layers. */
export const BAG_MODEL_TYPE = "hybrid-batch-lab-bag";

/** Post-LN encoders with learned positions. Roberta's kind counts positions from padding_idx + 1. */
const FAMILIES: Readonly<Record<string, "bert" | "roberta">> = {
  bert: "bert",
  roberta: "roberta",
  "xlm-roberta": "roberta",
  camembert: "roberta",
};

const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** Bounds are generous for real models and small enough that no product of two overflows. */
const transformer = v.object({
  hidden_size: count(1, 16_384),
  num_hidden_layers: count(1, 128),
  num_attention_heads: count(1, 256),
  intermediate_size: count(1, 65_536),
  vocab_size: count(1, 4_000_000),
  max_position_embeddings: count(1, 65_536),
  type_vocab_size: v.optional(count(0, 1024), 2), // as the libraries take it where it is left out
  layer_norm_eps: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1e-12),
  pad_token_id: v.nullish(count(0, 4_000_000)),
  hidden_act: v.optional(v.string(), "gelu"),
  position_embedding_type: v.nullish(v.string(), "absolute"),
  is_decoder: v.optional(v.boolean(), false),
  add_cross_attention: v.optional(v.boolean(), false),
  quantization_config: v.nullish(v.unknown(), null),
});

/**
 * @param where names the file in messages
 * @throws DataError naming the field, its value and what would be right
 */
export function parseArchitecture(value: unknown, where: string): Architecture {
  const type = v.safeParse(v.object({ model_type: v.string() }), value);
  if (!type.success) throw new DataError(`${where}: model_type is missing; it must name the architecture`);
  const { model_type: name } = type.output;
  if (name === BAG_MODEL_TYPE) return { kind: "bag" };
  const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (!family) {
    const known = Object.keys(FAMILIES).join(", ");
    throw new DataError(
      `${where}: model_type "${name.slice(0, 40)}" is not computed here; the lab knows ${known}`,
    );
  }
  const result = v.safeParse(transformer, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new DataError(`${where}: ${v.getDotPath(issue) ?? "the whole"}: ${issueText(issue)}`);
  }
  const config = result.output;
  const refuse = (field: keyof typeof config, right: string): never => {
    throw new DataError(`${where}: ${field} is ${JSON.stringify(config[field])}; the lab computes ${right}`);
  };
  if (config.hidden_act !== "gelu") refuse("hidden_act", '"gelu" (the exact one)');
  if (config.position_embedding_type !== "absolute") refuse("position_embedding_type", '"absolute" only');
  if (config.is_decoder) refuse("is_decoder", "encoders only");
  if (config.add_cross_attention) refuse("add_cross_attention", "encoders only");
  if (config.quantization_config !== null) refuse("quantization_config", "floating-point weights only");
  if (config.hidden_size % config.num_attention_heads !== 0) {
    refuse("num_attention_heads", `heads that divide hidden_size ${config.hidden_size}`);
  }
  const positionOffset = family === "bert" ? 0 : (config.pad_token_id ?? 1) + 1;
  if (config.max_position_embeddings <= positionOffset) {
    refuse("max_position_embeddings", `more than the ${positionOffset} rows before the first token's`);
  }
  return {
    kind: "transformer",
    width: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    feedForward: config.intermediate_size,
    vocabRows: config.vocab_size,
    positionRows: config.max_position_embeddings,
    positionOffset,
    tokenTypes: config.type_vocab_size,
    normEpsilon: config.layer_norm_eps,
  };
}

const causal = v.object({ architectures: v.array(v.string()), is_causal: v.optional(v.boolean(), true) });

/** @throws DataError for a folder without modules.json of which the last token would be the text */
export function checkBare(value: unknown, where: string): void {
  const { output, success } = v.safeParse(causal, value);
  if (!success || !output.is_causal || !output.architectures[0]?.endsWith("ForCausalLM")) return;
  throw new DataError(
    `${where}: architectures has ${output.architectures[0].slice(0, 40)}, whose last token is pooled where modules.json says nothing else; the lab has cls, mean and max`,
  );
}
