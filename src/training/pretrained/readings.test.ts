// How a checkpoint's small files change what becomes of a text, as sentence-transformers has it; what a run is told; and
// which folders keep the hash that older records know them by.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import {
  latinWordPiece,
  memoryFolder,
  sentenceFolder,
  tinyFolder,
  tinyModules,
  tinyTensors,
  TINY_BERT,
  TINY_XLM_R,
  UNIGRAM_JSON,
  WORDPIECE_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { cosines } from "../../testing/checkpoints/cosines.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { writeSafetensors, type FloatsToWrite } from "../tensorFile/writeSafetensors.ts";
import { encodeText } from "../text/encodeText.ts";
import { checkpointEncoder } from "./checkpointEncoder.ts";
import { openCheckpoint } from "./openCheckpoint.ts";

const spec = { ...DEFAULT_SPEC.encoder, id: "local:mine" };
const PIECES = Object.keys((latinWordPiece() as { model: { vocab: object } }).model.vocab).length;
/** Cased WordPiece: capitals are unknown. */
const CASED = {
  ...latinWordPiece(),
  normalizer: { ...WORDPIECE_JSON.normalizer, lowercase: false },
};
const folder = (changes: FolderFiles = {}) => ({ ...sentenceFolder(TINY_BERT, CASED, PIECES), ...changes });
const open = async (files: FolderFiles) => openCheckpoint(memoryFolder(files));
const idsOf = async (files: FolderFiles, text: string) =>
  [...encodeText((await open(files)).tokenizer, text, 99).ids].slice(1, -1); // between [CLS] and [SEP]
const load = async (files: FolderFiles, settings: Partial<typeof spec> = {}, longestText?: number) =>
  checkpointEncoder(await open(files)).load(
    { ...spec, ...settings },
    Int32Array.of(4),
    undefined as never,
    () => undefined,
    longestText,
  );
const lowered = { "sentence_bert_config.json": { max_seq_length: 16, do_lower_case: true } };

describe("texts", () => {
  it("are lower-cased where sentence_bert_config.json says so", async () => {
    expect(await idsOf(folder(), "Ab")).toEqual([1]); // unknown
    expect(await idsOf(folder(lowered), "Ab")).toEqual(await idsOf(folder(), "ab"));
    const sequence = { type: "Sequence", normalizers: [{ type: "NFC" }, { type: "Lowercase" }] };
    const already = { ...CASED, normalizer: sequence };
    const { tokenizerJson } = await open(folder({ ...lowered, "tokenizer.json": already }));
    expect(JSON.parse(tokenizerJson)).toEqual(already);
  });

  it.each<[string, object, string, string]>([
    ["lower case", { do_lower_case: true, strip_accents: null }, "Äb", "ab"], // accents go with it
    ["lower case by itself", { do_lower_case: true, strip_accents: false }, "Äb", "äb"],
    ["lower case where nothing is said", {}, "AB", "ab"],
    ["no lower case", { do_lower_case: false }, "ab", "ab"],
  ])("follow BertTokenizer's %s over tokenizer.json", async (_, config, text, like) => {
    const files = folder({ "tokenizer_config.json": { tokenizer_class: "BertTokenizerFast", ...config } });
    expect(await idsOf(files, text)).toEqual(await idsOf(folder(), like));
  });

  it("follow tokenizer.json where no class is named, or one that takes it as it is", async () => {
    const bare = folder();
    delete bare["tokenizer_config.json"];
    for (const files of [bare, folder({ "tokenizer_config.json": { tokenizer_class: "TokenizersBackend" } })])
      expect((await open(files)).tokenizerJson).toBe(JSON.stringify(CASED));
  });

  it("follow XLMRobertaTokenizer, which drops spaces at the ends", async () => {
    const files = (tokenizer_class: string) =>
      tinyFolder(TINY_XLM_R, { "tokenizer_config.json": { tokenizer_class } });
    // "▁" is piece 4, "a" 5; Metaspace alone makes a word of a last space
    expect(await idsOf(files("PreTrainedTokenizerFast"), "a ")).toEqual([4, 5, 4]);
    expect(await idsOf(files("XLMRobertaTokenizer"), "a ")).toEqual([4, 5]);
  });

  it.each<[string, FolderFiles, number]>([
    [
      "tokenizer_config.json",
      { "tokenizer_config.json": { tokenizer_class: "TokenizersBackend", model_max_length: 6 } },
      6,
    ],
    ["the positions", { "sentence_bert_config.json": {} }, 16],
    ["sentence_bert_config.json", { "sentence_bert_config.json": { max_seq_length: 9 } }, 9],
    [
      "sentence_bert_config.json before tokenizer_config.json",
      {
        "sentence_bert_config.json": { max_seq_length: 9 },
        "tokenizer_config.json": { tokenizer_class: "TokenizersBackend", model_max_length: 6 },
      },
      9,
    ],
  ])("are as long as %s allow", async (_, changes, longest) => {
    const files = folder({ "sentence_bert_config.json": { max_seq_length: null }, ...changes });
    expect((await open(files)).longest).toBe(longest);
  });

  it("of other makers' bags are cut where tokenizer.json says", async () => {
    const truncation = { direction: "Right", max_length: 3, strategy: "LongestFirst", stride: 0 };
    const files = bag({ "embedding.weight": table(1) }, { ...UNIGRAM_JSON, truncation });
    expect((await open(files)).longest).toBe(3);
    expect((await open({ ...files, "config.json": { model_type: "hybrid-batch-lab-bag" } })).longest).toBe(
      Infinity,
    );
  });
});

const table = (scale: number): FloatsToWrite => ({
  shape: [25, 4],
  dtype: "F32",
  data: Float32Array.from({ length: 100 }, (_, i) => scale * Math.sin(i)),
});
const bag = (tensors: Record<string, FloatsToWrite>, tokenizer: object = UNIGRAM_JSON): FolderFiles => ({
  ...tinyModules("StaticEmbedding"),
  "tokenizer.json": tokenizer,
  "model.safetensors": writeSafetensors(tensors),
});

describe("vectors", () => {
  beforeAll(async () => void (await startNodeBackend("cpu")));
  const [queries, passages] = [["a b c"], ["t s r", "a"]];

  it("of model2vec's table are those of sentence-transformers'", async () => {
    const own = await cosines(memoryFolder(bag({ "embedding.weight": table(1) })), queries, passages);
    expect(await cosines(memoryFolder(bag({ embeddings: table(1) })), queries, passages)).toEqual(own);
    const weights: FloatsToWrite = {
      shape: [25],
      dtype: "F32",
      data: Float32Array.from({ length: 25 }, (_, i) => i),
    };
    const product = table(1).data.map((x, i) => x * Math.floor(i / 4));
    const folded = await cosines(
      memoryFolder(bag({ "embedding.weight": { ...table(1), data: product } })),
      queries,
      passages,
    );
    expect(await cosines(memoryFolder(bag({ embeddings: table(1), weights })), queries, passages)).toEqual(
      folded,
    );
    await expect(
      open(bag({ embeddings: table(1), mapping: weights }))
        .then(checkpointEncoder)
        .then((e) => e.config(spec, 1)),
    ).rejects.toThrow('tensor "mapping" lets pieces share rows of "embeddings"');
  });

  it("of a bare folder are pooled as the field says", async () => {
    const files = memoryFolder(tinyFolder());
    const stated = (mode: string) =>
      memoryFolder({
        ...tinyFolder(),
        ...tinyModules("Transformer", "Pooling"),
        "1_Pooling/config.json": { pooling_mode: mode },
      });
    for (const pooling of ["cls", "mean"] as const) {
      const by = await cosines(files, queries, passages, { pooling });
      expect(by).toEqual(await cosines(stated(pooling), queries, passages, { pooling: "mean" }));
    }
  });
});

describe("a run is told", () => {
  const notes = async (files: FolderFiles, settings: Partial<typeof spec>) =>
    checkpointEncoder(await open(files)).notes({ ...spec, ...settings });

  it("which of its fields are not used", async () => {
    expect(await notes(folder(), {})).toEqual([
      'folder/config_sentence_transformers.json: passages begin with its prompt "passage"; encode_document of sentence-transformers 6 takes "document" only and writes nothing',
    ]);
    const plain = folder({ "config_sentence_transformers.json": { prompts: { query: "q", document: "d" } } });
    expect(await notes(plain, { pooling: "cls", layers: 4, prefixes: true })).toEqual([
      "encoder.layers = 4 is not used: local:mine has layers 2",
      "encoder.pooling = cls is not used: local:mine has pooling mean",
      "encoder.prefixes = true is not used: local:mine has prompts of its own",
    ]);
    expect(await notes(tinyFolder(), { pooling: "cls" })).toEqual([]); // it is used
  });

  it("that half precision is computed in float32", async () => {
    const half = { "model.safetensors": writeSafetensors(tinyTensors(TINY_BERT, "", "F16")) };
    const said = [
      'folder is of half precision and computed in float32, as sentence-transformers does it with model_kwargs={"dtype": "float32"}',
    ];
    expect(await notes(tinyFolder(TINY_BERT, half), {})).toEqual(said);
    expect(
      await notes(tinyFolder(TINY_BERT, { "config.json": { ...TINY_BERT, dtype: "bfloat16" } }), {}),
    ).toEqual(said);
    const loaded = { ...half, "config.json": { ...TINY_BERT, torch_dtype: "float32" } };
    expect(await notes(tinyFolder(TINY_BERT, loaded), {})).toEqual([]);
  });

  it("where accents are kept that a class would take off", async () => {
    const normalizer = { ...CASED.normalizer, strip_accents: false };
    const keeping = (changes: FolderFiles) =>
      folder({ "tokenizer.json": { ...CASED, normalizer }, ...changes });
    const files = keeping({
      "tokenizer_config.json": { tokenizer_class: "BertTokenizer", do_lower_case: true },
    });
    expect((await notes(files, {})).at(-1)).toMatch(
      /^folder\/tokenizer\.json: accents are kept, as tokenizer\.json says/,
    );
    expect(await idsOf(files, "Äb")).toEqual(await idsOf(folder(), "äb"));
    const stated = { tokenizer_class: "BertTokenizer", do_lower_case: true, strip_accents: false };
    expect(await notes(keeping({ "tokenizer_config.json": stated }), {})).toHaveLength(1); // on its prompt
  });

  it("which files sentence-transformers passes over without modules.json", async () => {
    const files = tinyFolder(TINY_BERT, { "sentence_bert_config.json": { max_seq_length: 3 } });
    expect(await notes(files, {})).toEqual([
      "folder/sentence_bert_config.json is not used: sentence-transformers reads it only beside modules.json",
    ]);
    expect((await open(files)).longest).toBe(16);
  });
});

describe("the hash of a folder", () => {
  const sha = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
  /** What labs up to 0.2 hashed: small files in the order they read them, pooling, tokenizer, weights. */
  const formerHash = (files: FolderFiles, names: readonly string[]) =>
    sha(
      [
        ...names.map((name) => `${name}\n${JSON.stringify(files[name])}`),
        "mean",
        sha(JSON.stringify(files["tokenizer.json"])),
        `model.safetensors ${sha(files["model.safetensors"] as Uint8Array)}`,
      ].join("\n"),
    );

  it("that labs up to 0.2 read as it is read today is the one they gave it", async () => {
    const names = [
      "modules.json",
      "config.json",
      "1_Pooling/config.json",
      "config_sentence_transformers.json",
      "sentence_bert_config.json",
    ];
    for (const [files, read] of [
      [folder(), names],
      [tinyFolder(), ["config.json"]],
      [tinyFolder(TINY_XLM_R), ["config.json"]],
    ] as const) {
      const { sha256, notice } = await load(files);
      expect([sha256, notice]).toEqual([formerHash(files, read), undefined]);
    }
    const misread = folder(lowered);
    expect((await load(misread)).notice).toContain(
      `(encoder ${formerHash(misread, names).slice(0, 12)}… there)`,
    );
  });

  it.each<[string, FolderFiles, string, Partial<typeof spec>?]>([
    ["lower case", lowered, "its texts are lower-cased first, as do_lower_case"],
    [
      "an empty prompt",
      { "config_sentence_transformers.json": { prompts: { query: "q", document: "", passage: "p" } } },
      'queries begin with "q" and passages with ""',
    ],
    [
      "its length",
      {
        "sentence_bert_config.json": {},
        "tokenizer_config.json": { tokenizer_class: "TokenizersBackend", model_max_length: 6 },
      },
      "its texts are cut at 6 tokens",
    ],
    [
      "its class",
      { "tokenizer_config.json": { tokenizer_class: "BertTokenizer" } },
      "its tokenizer is a BertTokenizer",
    ],
  ])("that they read otherwise is another, and says why: %s", async (_, changes, words, settings = {}) => {
    const { sha256, notice } = await load(folder(changes), settings);
    expect(notice).toContain(`local:mine is read otherwise than by labs up to 0.2`);
    expect(notice).toContain(words);
    expect(notice).not.toContain(sha256.slice(0, 12));
  });

  it("changes with encoder.pooling where the folder says nothing, and with a length only where a text can be cut", async () => {
    const [mean, cls] = [await load(tinyFolder()), await load(tinyFolder(), { pooling: "cls" })];
    expect(cls.notice).toContain(
      `encoder.pooling decides, as the folder says nothing (encoder ${mean.sha256.slice(0, 12)}…`,
    );
    const cut = folder({
      "sentence_bert_config.json": {},
      "tokenizer_config.json": { tokenizer_class: "TokenizersBackend", model_max_length: 12 },
    });
    expect((await load(cut, { maxTokens: 8 })).notice).toBeUndefined();
    expect((await load(cut, { maxTokens: 16 })).notice).toContain("cut at 12 tokens");
    expect((await load(cut, { maxTokens: 16 }, 12)).notice).toBeUndefined(); // the longest text has 12
    const bare = tinyFolder(TINY_BERT, { "sentence_bert_config.json": { max_seq_length: 9 } });
    expect((await load(bare, {}, 9)).notice).toBeUndefined();
    expect((await load(bare, {}, 10)).notice).toContain("cut at 16 tokens");
  });
});

describe("a folder is refused", () => {
  const weights = (changes: Record<string, number>) => {
    const tensors = tinyTensors(TINY_BERT);
    for (const [name, value] of Object.entries(changes)) tensors[name]!.data[3] = value;
    return { "model.safetensors": writeSafetensors(tensors) };
  };
  const pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:4665a5ea423c2713d436b5ee50593a9640e0018c1550b5a0002f74190d6caea8\nsize 26368\n";
  const QUERY = "encoder.layer.1.attention.self.query.weight";

  it("naming the place in the file, whichever rows are read", async () => {
    const words = "embeddings.word_embeddings.weight";
    const tensors = tinyTensors(TINY_BERT);
    tensors[words]!.data[4 * 8 + 5] = NaN; // `load` reads row 4 only
    const files = { "model.safetensors": writeSafetensors(tensors) };
    await expect(load(tinyFolder(TINY_BERT, files))).rejects.toThrow(`"${words}" holds NaN at place 37;`);
  });

  it.each<[string, FolderFiles, string]>([
    [
      "weights that are a pointer",
      { "model.safetensors": pointer },
      "folder/model.safetensors is a Git LFS pointer to 26368 bytes",
    ],
    ["a tokenizer that is one", { "tokenizer.json": pointer }, "folder/tokenizer.json is a Git LFS pointer"],
    ["NaN", weights({ [QUERY]: NaN }), `folder/model.safetensors: tensor "${QUERY}" holds NaN at place 3`],
    [
      "infinity",
      weights({ "embeddings.LayerNorm.bias": Infinity }),
      '"embeddings.LayerNorm.bias" holds Infinity',
    ],
    ["1e30", weights({ [QUERY]: 1e30 }), "a weight is a number up to 1000000000000"],
    ["adapters", { "adapter_config.json": {} }, "folder/adapter_config.json: the lab adds no adapters"],
    [
      "padding on the left",
      { "tokenizer_config.json": { tokenizer_class: "TokenizersBackend", padding_side: "left" } },
      "texts are padded on the left, where BERT counts positions from the padding",
    ],
    [
      "a class of another kind",
      {
        "tokenizer_config.json": { tokenizer_class: "XLMRobertaTokenizer" },
        "tokenizer.json": WORDPIECE_JSON,
      },
      "the class XLMRobertaTokenizer makes Unigram of its pieces, and its model is WordPiece",
    ],
    [
      "an unknown class",
      { "tokenizer_config.json": { tokenizer_class: "JumanppTokenizer" } },
      "does not know what the class JumanppTokenizer does to a text",
    ],
    [
      "another frame than its settings ask for",
      {
        "tokenizer_config.json": {
          tokenizer_class: "TokenizersBackend",
          add_bos_token: true,
          bos_token: "<s>",
        },
      },
      "puts other tokens around a text than add_bos_token and add_eos_token",
    ],
    [
      "a language model's architecture and no modules",
      { "config.json": { ...TINY_BERT, architectures: ["BertForCausalLM"] } },
      "architectures has BertForCausalLM, whose last token is pooled",
    ],
    [
      "quantized weights",
      { "config.json": { ...TINY_BERT, quantization_config: { bits: 4 } } },
      "quantization_config is",
    ],
  ])("with %s", async (_, changes, message) => {
    const read = load(tinyFolder(TINY_BERT, changes));
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toMatchObject({ name: "DataError" });
  });

  it("whose padding id of RoBERTa's kind is a token of its texts: positions are counted from it", async () => {
    for (const pad_token_id of [0, 2, 3, 7]) {
      const files = tinyFolder(TINY_XLM_R, { "config.json": { ...TINY_XLM_R, pad_token_id } });
      await expect(load(files)).rejects.toThrow(`pad_token_id of config.json is ${pad_token_id}`);
    }
  });

  it("with a token type that the lab has not", async () => {
    const single = UNIGRAM_JSON.post_processor.single.map((piece) =>
      "Sequence" in piece ? { Sequence: { id: "A", type_id: 1 } } : piece,
    );
    const tokenizer = { ...UNIGRAM_JSON, post_processor: { ...UNIGRAM_JSON.post_processor, single } };
    await expect(load(tinyFolder(TINY_BERT, { "tokenizer.json": tokenizer }))).rejects.toThrow(
      "post_processor.single gives a token type 1",
    );
  });
});
