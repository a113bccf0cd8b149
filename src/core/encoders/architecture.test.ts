// Which config.json the lab computes, where positions begin, and the sentence for each that it does not.
import { describe, expect, it } from "vitest";
import { BAG_MODEL_TYPE, parseArchitecture } from "./architecture.ts";

const BERT = {
  model_type: "bert",
  hidden_size: 8,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 12,
  vocab_size: 25,
  max_position_embeddings: 16,
};
const parse = (changes: object) => parseArchitecture({ ...BERT, ...changes }, "config.json");

describe("parseArchitecture", () => {
  it("takes BERT's defaults where a config leaves fields out", () => {
    expect(parse({})).toEqual({
      kind: "transformer",
      width: 8,
      layers: 2,
      heads: 2,
      feedForward: 12,
      vocabRows: 25,
      positionRows: 16,
      positionOffset: 0,
      tokenTypes: 2,
      normEpsilon: 1e-12,
    });
  });

  it.each<[string, number | null | undefined, number]>([
    ["bert", 5, 0],
    ["roberta", 1, 2],
    ["xlm-roberta", undefined, 2], // the library's own padding is 1
    ["xlm-roberta", null, 2],
    ["camembert", 0, 1],
  ])("of %s with padding id %s begins at position %i", (model_type, pad_token_id, positionOffset) => {
    const given = { model_type, ...(pad_token_id !== undefined && { pad_token_id }) };
    expect(parse(given)).toMatchObject({ positionOffset });
  });

  it("asks nothing more of a bag, whose sizes are its table's", () => {
    expect(parseArchitecture({ model_type: BAG_MODEL_TYPE }, "c")).toEqual({ kind: "bag" });
  });

  it("does not mind fields of other purposes", () => {
    expect(
      parse({ architectures: ["BertModel"], classifier_dropout: null, torch_dtype: "float32" }),
    ).toMatchObject({ width: 8 });
  });

  it.each<[string, object, string]>([
    ["the family of every object", { model_type: "toString" }, 'model_type "toString" is not computed here'],
    [
      "rows that are all before the first token's",
      { model_type: "roberta", max_position_embeddings: 2, pad_token_id: 1 },
      "max_position_embeddings is 2; the lab computes more than the 2 rows",
    ],
    ["a size that is text", { hidden_size: "8" }, "config.json: hidden_size: "],
    ["a size that is no whole number", { hidden_size: 7.5 }, "config.json: hidden_size: "],
    ["no size", { vocab_size: undefined }, "config.json: vocab_size: "],
    ["a width beyond any", { hidden_size: 1e6 }, "config.json: hidden_size: "],
    ["an epsilon below zero", { layer_norm_eps: -1 }, "config.json: layer_norm_eps: "],
    [
      "rotary positions",
      { position_embedding_type: "rotary" },
      'position_embedding_type is "rotary"; the lab computes "absolute" only',
    ],
    ["the approximate GELU", { hidden_act: "gelu_new" }, 'hidden_act is "gelu_new"'],
    ["a decoder", { is_decoder: true }, "is_decoder is true"],
    [
      "heads that do not divide",
      { num_attention_heads: 3 },
      "num_attention_heads is 3; the lab computes heads that divide hidden_size 8",
    ],
  ])("refuses %s", (_, changes, message) => {
    expect(() => parse(changes)).toThrow(message);
  });

  it.each([null, 7, "bert", [], {}])("refuses %j, which names no architecture", (value) => {
    expect(() => parseArchitecture(value, "c")).toThrow(
      "c: model_type is missing; it must name the architecture",
    );
  });
});
