// What of a sentence-transformers folder the lab computes, and the sentence for what it does not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDense, parseModuleList, parsePooling } from "./moduleList.ts";

const modules = (...list: readonly (readonly [type: string, path: string])[]) =>
  parseModuleList(
    list.map(([type, path]) => ({ type: `sentence_transformers.models.${type}`, path })),
    "m",
  );

describe("parseModuleList", () => {
  it("finds the folders of what matters, whatever else stands between", () => {
    expect(
      modules(
        ["Transformer", ""],
        ["Pooling", "1_Pooling"],
        ["Dense", "2_Dense/"],
        ["Dropout", "3"],
        ["Normalize", "4"],
      ),
    ).toEqual({
      base: { kind: "transformer", path: "" },
      pooling: "1_Pooling/",
      dense: "2_Dense/",
      normalize: "4/",
    });
    expect(modules(["StaticEmbedding", "."], ["Normalize", "1"])).toEqual({
      base: { kind: "bag", path: "" },
      normalize: "1/",
    });
    expect(modules(["Transformer", "0/bert"], ["WordWeights", "w"], ["Pooling", "p"])).toEqual({
      base: { kind: "transformer", path: "0/bert/" },
      wordWeights: "w/",
      pooling: "p/",
    });
  });

  it("knows a module by its class, wherever sentence-transformers keeps it, and takes no other package's", () => {
    const list = [
      { type: "sentence_transformers.base.modules.transformer.Transformer", path: "" },
      { type: "sentence_transformers.sentence_transformer.modules.pooling.Pooling", path: "1" },
    ];
    expect(parseModuleList(list, "m").pooling).toBe("1/");
    for (const type of ["Pooling", "pylate.models.Pooling", "custom_st.Pooling"]) {
      expect(() => parseModuleList([list[0], { type, path: "1" }], "m")).toThrow(
        `m: the module “${type}” is not computed here`,
      );
    }
  });

  it.each<[string, readonly (readonly [string, string])[], string]>([
    [
      "a module twice",
      [
        ["Transformer", ""],
        ["Pooling", "1"],
        ["Dense", "2"],
        ["Dense", "3"],
      ],
      "m: Dense is listed twice",
    ],
    ["no encoder", [["Pooling", "1"]], "m: needs one of Transformer and StaticEmbedding, got Pooling"],
    [
      "two encoders",
      [
        ["Transformer", ""],
        ["StaticEmbedding", "1"],
      ],
      "needs one of Transformer and StaticEmbedding",
    ],
    [
      "no pooling",
      [
        ["Transformer", ""],
        ["Normalize", "1"],
      ],
      "m: a Transformer needs a Pooling after it",
    ],
    [
      "a pooled bag",
      [
        ["StaticEmbedding", ""],
        ["Pooling", "1"],
      ],
      "m: StaticEmbedding pools by itself",
    ],
    ["a name of Object's own", [["constructor", ""]], "m: the module constructor is not computed here"],
  ])("refuses %s", (_, list, message) => {
    expect(() => modules(...list)).toThrow(message);
  });

  it.each([
    "..",
    "../x",
    "/etc",
    "a/../b",
    "a//b",
    "a\\b",
    "https://x.org/a",
    "a/b/c",
    ".hidden",
    "a b",
    "\u0000",
  ])("refuses %j, which leads out of the checkpoint or is no folder", (path) => {
    expect(() => modules(["Transformer", path], ["Pooling", "1"])).toThrow(
      "is no folder within the checkpoint",
    );
  });

  it("gives folders within the checkpoint, or one sentence, for any JSON", () => {
    const path = fc.oneof(fc.string(), fc.constantFrom("", "1_Pooling", "../a", "a/./b"));
    const entry = fc.record({
      path,
      type: fc
        .constantFrom("Transformer", "Pooling", "Dense", "StaticEmbedding")
        .map((name) => `sentence_transformers.models.${name}`),
    });
    fc.assert(
      fc.property(fc.oneof(fc.array(entry, { maxLength: 4 }), fc.jsonValue()), (value) => {
        try {
          const { base, ...rest } = parseModuleList(value, "m");
          for (const folder of [base.path, ...Object.values(rest)]) {
            expect(folder === "" || folder.endsWith("/")).toBe(true);
            expect(folder.split("/")).not.toContain("..");
          }
        } catch (error) {
          expect(error).toMatchObject({ name: "DataError" });
        }
      }),
    );
  });
});

describe("parsePooling", () => {
  it.each<[object, string]>([
    [{ pooling_mode: "mean" }, "mean"],
    [{ pooling_mode: "cls", pooling_mode_mean_tokens: true }, "cls"], // the newer name counts
    [{ pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }, "cls"],
    [{ pooling_mode_max_tokens: true, word_embedding_dimension: 8 }, "max"],
    [{ pooling_mode_mean_sqrt_len_tokens: true }, "mean"], // the same direction
    [{ pooling_mode_mean_tokens: true, include_prompt: true }, "mean"],
    [{ pooling_mode: ["cls"], embedding_dimension: 8 }, "cls"],
    [{ pooling_mode: "mean_sqrt_len_tokens" }, "mean"],
    [{}, "mean"], // as sentence-transformers takes it where no mode is on
    [{ pooling_mode_cls_token: false, pooling_mode_mean_tokens: false }, "mean"],
  ])("of %o is %s", (config, pooling) => {
    expect(parsePooling(config, false, "p")).toBe(pooling);
  });

  it.each<[unknown, boolean, string]>([
    [
      { pooling_mode_mean_sqrt_len_tokens: true },
      true,
      'pooling "mean_sqrt_len_tokens" is not computed here',
    ], // its length counts
    [{ pooling_mode: ["cls", "mean"] }, false, "p: one pooling mode must be on, got cls and mean"],
    [{ pooling_mode: null }, false, "p: one pooling mode must be on"],
    [{ pooling_mode_mean_tokens: "true" }, false, "p: pooling_mode_mean_tokens must be true or false"],
    [{ pooling_mode: "mean_tokens" }, false, 'p: pooling "mean_tokens" is not computed here'],
    [
      { pooling_mode: "toString" },
      false,
      'p: pooling "toString" is not computed here; the lab has cls, mean and max',
    ],
    [{ pooling_mode: "mean", include_prompt: 0 }, false, "p: include_prompt is false"],
    [[], false, "p: "],
    [null, false, "p: must be an object of pooling modes"],
  ])("of %o, before a dense layer: %s, is refused", (config, hasDense, message) => {
    expect(() => parsePooling(config, hasDense, "p")).toThrow(message);
  });
});

describe("parseDense", () => {
  const whole = { in_features: 8, out_features: 4 };

  it("has a bias and tanh unless told otherwise", () => {
    expect(parseDense(whole, 8, "d")).toEqual({ inputs: 8, outputs: 4, bias: true, activation: "tanh" });
    const linear = { ...whole, bias: false, activation_function: "torch.nn.modules.linear.Identity" };
    expect(parseDense(linear, 8, "d")).toEqual({
      inputs: 8,
      outputs: 4,
      bias: false,
      activation: "identity",
    });
  });

  it.each<[object, string]>([
    [{ ...whole, in_features: 7 }, "d: in_features is 7, the vectors have 8"],
    [{ ...whole, out_features: 0 }, "d: out_features: "],
    [{ ...whole, out_features: 1e9 }, "d: out_features: "],
    [{ ...whole, bias: "no" }, "d: bias: "],
    [{ ...whole, activation_function: "torch.nn.GELU" }, "d: the activation GELU is not computed here"],
    [{ ...whole, activation_function: "mine.Identity" }, "d: the activation mine.Identity is not computed"],
    [{ ...whole, use_residual: true }, "d: use_residual is true"],
    [{ ...whole, module_output_name: "other" }, 'd: module_output_name must be "sentence_embedding"'],
    [
      { ...whole, module_input_name: "token_embeddings" },
      'd: module_input_name must be "sentence_embedding"',
    ],
    [{}, "d: in_features: "],
  ])("refuses %o", (config, message) => {
    expect(() => parseDense(config, 8, "d")).toThrow(message);
  });
});
