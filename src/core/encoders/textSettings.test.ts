// Which prompts a checkpoint wants, how long its texts are, and which addresses may stand for the hub.
import { describe, expect, it } from "vitest";
import { parseHubAddress } from "./hubAddress.ts";
import { checkComparison, parsePrompts, parseTransformerSettings } from "./textSettings.ts";

describe("parsePrompts", () => {
  const of = (prompts: object | null, default_prompt_name?: string | null) =>
    parsePrompts({ prompts, ...(default_prompt_name !== undefined && { default_prompt_name }) }, "c").prompts;

  it.each<[object, string, string]>([
    [{ query: "q: ", passage: "p: " }, "q: ", "p: "],
    [{ query: "q: ", document: "d: ", corpus: "c: " }, "q: ", "d: "],
    [{ query: "q: ", document: "d: ", passage: "p: " }, "q: ", "d: "],
    [{ query: "q: ", passage: "p: ", corpus: "c: " }, "q: ", "p: "],
    [{ web_search_query: "w: ", corpus: "c: " }, "", "c: "],
    [{ query: "q: " }, "q: ", ""],
    [{ document: "d: " }, "", "d: "],
    [{ query: "", passage: "p: " }, "", "p: "],
    [{ query: "q: ", document: "", passage: "p: " }, "q: ", ""], // a key that is there decides
    [{ query: "q: ", document: null, corpus: "c: " }, "q: ", ""],
  ])("of %o are %j and %j", (prompts, query, passage) => {
    expect(of(prompts)).toEqual({ query, passage });
  });

  it("fall back to the one that is named as the default, for either side", () => {
    expect(of({ all: "a: ", passage: "p: " }, "all")).toEqual({ query: "a: ", passage: "p: " });
    expect(of({ query: "q: ", document: "" }, "query")).toEqual({ query: "q: ", passage: "" });
    expect(of({}, "document")).toBeNull(); // sentence-transformers always has that one
    expect(() => of({ all: "a: " }, "none")).toThrow(
      'default_prompt_name is "none", which prompts does not hold',
    );
  });

  it("come with a word where encode_query and encode_document would write another", () => {
    const notes = (prompts: object, default_prompt_name?: string) =>
      parsePrompts({ prompts, default_prompt_name }, "c").notes;
    expect(notes({ query: "q: ", document: "d: " })).toEqual([]);
    expect(notes({ query: "q: ", passage: "p: " })).toEqual([
      'c: passages begin with its prompt "passage"; encode_document of sentence-transformers 6 takes "document" only and writes nothing',
    ]);
    expect(notes({ all: "a: " }, "all")).toHaveLength(2);
  });

  it("are none where a model has none for queries and passages", () => {
    for (const prompts of [null, {}, { classification: "c: " }, { query: "", passage: "" }])
      expect(of(prompts), JSON.stringify(prompts)).toBeNull();
    expect(parsePrompts({}, "c").prompts).toBeNull();
    expect(of({}, null)).toBeNull();
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "are never what every object has: %s as the default",
    (name) => {
      expect(() => of({ other: "o: " }, name)).toThrow("which prompts does not hold");
    },
  );

  it.each<[unknown, string]>([
    [{ prompts: { query: 7 } }, "c: prompts.query: "],
    [{ prompts: { query: "x".repeat(2001) } }, "c: prompts.query: "],
    [{ prompts: "query" }, "c: prompts: "],
    [{ default_prompt_name: 1 }, "c: default_prompt_name: "],
    [null, "c: the whole: "],
  ])("of %o are refused", (value, message) => {
    expect(() => parsePrompts(value, "c")).toThrow(message);
  });
});

describe("checkComparison", () => {
  it("takes cosines, and dot products of vectors of unit length", () => {
    for (const value of [{}, { similarity_fn_name: null }, { similarity_fn_name: "cosine" }])
      expect(() => checkComparison(value, false, "c")).not.toThrow();
    expect(() => checkComparison({ similarity_fn_name: "dot", truncate_dim: null }, true, "c")).not.toThrow();
  });

  it.each<[object, boolean, string]>([
    [{ similarity_fn_name: "dot" }, false, 'c: similarity_fn_name is "dot"; without a Normalize module'],
    [
      { similarity_fn_name: "euclidean" },
      true,
      'c: similarity_fn_name is "euclidean"; the lab compares by "cosine"',
    ],
    [{ similarity_fn_name: "manhattan" }, true, 'c: similarity_fn_name is "manhattan"'],
    [{ truncate_dim: 64 }, true, "c: truncate_dim is 64; the lab compares whole vectors"],
    [
      { model_type: "SparseEncoder" },
      true,
      'c: model_type is "SparseEncoder"; the lab computes a SentenceTransformer',
    ],
  ])("refuses %o", (value, unitLength, message) => {
    expect(() => checkComparison(value, unitLength, "c")).toThrow(message);
  });
});

describe("parseTransformerSettings", () => {
  const of = (value: object) => parseTransformerSettings(value, "s");

  it.each<[object, number | undefined]>([
    [{ max_seq_length: 512 }, 512],
    [{ max_seq_length: null }, undefined],
    [{ do_lower_case: true }, undefined],
    [{ max_seq_length: 12, processor_kwargs: { model_max_length: 7 } }, 7],
    [{ max_seq_length: 12, tokenizer_args: { model_max_length: 7 } }, 7],
    [{ max_seq_length: 12, query_length: 9, document_length: 9 }, 9],
    [
      {
        max_seq_length: 12,
        query_length: 9,
        document_length: 9,
        processing_kwargs: { text: { max_length: 5 } },
      },
      5,
    ],
  ])("of %o cut at %j tokens", (value, longest) => {
    expect(of(value).longest).toBe(longest);
  });

  it("say whether texts are lower-cased, and what the tokenizer is told", () => {
    expect(of({})).toEqual({ longest: undefined, lowerCase: false, tokenizer: {} });
    expect(of({ do_lower_case: true, tokenizer_args: { do_lower_case: false } })).toMatchObject({
      lowerCase: true,
      tokenizer: { do_lower_case: false },
    });
  });

  it("are those of version 6, too", () => {
    const modality_config = { text: { method: "forward", method_output_name: "last_hidden_state" } };
    const file = {
      transformer_task: "feature-extraction",
      modality_config,
      module_output_name: "token_embeddings",
    };
    expect(of(file).longest).toBeUndefined();
    expect(of({ ...file, model_kwargs: { dtype: "float16" }, unpad_inputs: false }).lowerCase).toBe(false);
  });

  it.each<[object, string]>([
    ...[0, -1, 1.5, 1e9, "512"].map((n): [object, string] => [{ max_seq_length: n }, "s: max_seq_length: "]),
    [
      { transformer_task: "fill-mask" },
      's: transformer_task is "fill-mask"; the lab computes "feature-extraction"',
    ],
    [{ module_output_name: "sentence_embedding" }, "s: module_output_name is"],
    [{ modality_config: { text: { method: "get_text_features" } } }, "s: modality_config is"],
    [{ modality_config: { image: {} } }, "the lab reads texts"],
    [{ query_length: 5 }, "s: query_length is 5; the lab has one length for both sides"],
    [{ document_length: 5 }, "s: document_length is 5"],
    [{ query_expansion: { strategy: "fixed", length: 32 } }, "s: query_expansion is"],
    [{ processing_kwargs: { text: { padding: false } } }, "s: processing_kwargs is"],
    [{ model_kwargs: { attention_dropout: 1 } }, "s: model_kwargs is"],
    [{ tokenizer_name_or_path: "other" }, 's: tokenizer_name_or_path is "other"'],
    [{ beams: 4 }, "s: beams: "],
  ])("of %o are refused", (value, message) => {
    expect(() => of(value)).toThrow(message);
  });
});

describe("parseHubAddress", () => {
  const page = "http://localhost:5173";
  it.each([
    ["https://hub.example", "https://hub.example"],
    ["https://hub.example/", "https://hub.example"],
    ["https://hub.example/a/b//", "https://hub.example/a/b"],
    ["https://hub.example:8443/x", "https://hub.example:8443/x"],
    ["http://localhost:5173/mirror", "http://localhost:5173/mirror"], // the page's own server
  ])("of %s is %s", (text, address) => {
    expect(parseHubAddress(text, page)).toBe(address);
  });

  it.each([
    "",
    "hub.example",
    "http://hub.example",
    "http://localhost:5174",
    "ftp://hub.example",
    "file:///etc",
    "https://user@hub.example",
    "https://user:word@hub.example",
    "https://hub.example?x=1",
    "https://hub.example#x",
    "javascript:alert(1)",
    "data:text/plain,x",
  ])("refuses %j", (text) => {
    expect(parseHubAddress(text, page)).toBeUndefined();
  });
});
