// Folders with rows of int8: what they give is scale times code, of the rows in use; those that are not of the form are
// refused by name, before anything of them is kept.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import {
  memoryFolder,
  sentenceFolder,
  tinyFolder,
  tinyModules,
  tinyTensors,
  TINY_BERT,
  TINY_XLM_R,
  UNIGRAM_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { isCollected } from "../../testing/isCollected.ts";
import { tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ModelWeights } from "../model/weights.ts";
import { modelFolder } from "../export/modelFolder.ts";
import { narrowRows, widenRows } from "../tensorFile/narrowRows.ts";
import { writeSafetensors, type FloatsToWrite } from "../tensorFile/writeSafetensors.ts";
import { copyCheckpoint } from "./copyCheckpoint.ts";
import { describeCheckpoint, loadWeights } from "./loadWeights.ts";
import { memoryModels } from "./modelStore.ts";
import { openCheckpoint } from "./openCheckpoint.ts";
import { createScaleCheck, readWeightHeaders } from "./weightFiles.ts";

const FILE = "model.safetensors";
type Floats = Record<string, FloatsToWrite>;

async function weightsOf(files: FolderFiles, ids: number[]) {
  const opened = await openCheckpoint(memoryFolder(files));
  const loaded = await loadWeights(
    opened,
    { ...DEFAULT_SPEC.encoder, maxTokens: 16 },
    Int32Array.from(ids),
    () => undefined,
  );
  if (loaded.again) expectAgain(loaded.weights, loaded.again);
  return loaded;
}

/** Equal bits each time, in arrays that nobody else has. */
function expectAgain({ tensors }: ModelWeights, again: () => ModelWeights): void {
  for (const made of [again(), again()]) {
    expect(made.tensors).toEqual(tensors);
    for (const [name, { data }] of Object.entries(made.tensors)) {
      expect(data).not.toBe(tensors[name]!.data);
      data.fill(NaN);
    }
  }
}
/** The same tensors with the numbers that their int8 rows stand for, as F32. */
function widened(tensors: Floats): Floats {
  const wide = Object.entries(tensors).map(([name, tensor]): [string, FloatsToWrite] => {
    if (tensor.dtype !== "I8") return [name, tensor];
    const { codes, scales } = narrowRows(name, tensor);
    const data = Float32Array.from(codes);
    widenRows(data, scales);
    return [name, { ...tensor, dtype: "F32", data }];
  });
  return Object.fromEntries(wide);
}

describe("a folder with rows of int8", () => {
  it.each([
    ["BERT", TINY_BERT, ""],
    ["XLM-R, with names of a head", TINY_XLM_R, "roberta."],
  ] as const)("of %s gives scale times code of the rows asked for", async (_, shape, prefix) => {
    const tensors = tinyTensors(shape, prefix, "I8");
    const narrow = await weightsOf(tinyFolder(shape, { [FILE]: writeSafetensors(tensors) }), [2, 5, 24]);
    const wide = await weightsOf(
      tinyFolder(shape, { [FILE]: writeSafetensors(widened(tensors)) }),
      [2, 5, 24],
    );
    expect(narrow.weights).toEqual(wide.weights);
    expect([typeof narrow.again, typeof wide.again]).toEqual(["function", "undefined"]);
    expect(narrow.sha256).not.toBe(wide.sha256); // of the bytes, as ever
    // row 5, dimension 3 of the table, by hand: max |row| / 127 to 17 bits, and the nearest code
    const row = tensors[`${prefix}embeddings.word_embeddings.weight`]!.data.subarray(5 * 8, 6 * 8);
    const scale = Math.max(...row.map(Math.abs)) / 127;
    const found = narrow.weights.tensors["embeddings.word_embeddings.weight"]!.data[1 * 8 + 3]!;
    expect(Math.abs(found - Math.round(row[3]! / scale) * scale)).toBeLessThan(scale * 1e-3);
  });

  it("can be made again without holding what was made", async () => {
    const files = tinyFolder(TINY_BERT, { [FILE]: writeSafetensors(tinyTensors(TINY_BERT, "", "I8")) });
    const take = async () => {
      const { weights, again } = await weightsOf(files, [2, 5, 24]);
      return { seen: new WeakRef(weights.tensors["embeddings.word_embeddings.weight"]!), again };
    };
    const { seen, again } = await take();
    expect(await isCollected(seen)).toBe(true);
    expect(again!().config.vocabSize).toBe(3);
  });

  it("may have any of its tensors so, and scales in another part", async () => {
    const shape = TINY_BERT;
    const mixed = Object.fromEntries(
      Object.entries(tinyTensors(shape)).map(([name, tensor], i) => [
        name,
        tensor.shape.length === 2 && i % 2 === 0 ? { ...tensor, dtype: "I8" as const } : tensor,
      ]),
    );
    const single = await weightsOf(tinyFolder(shape, { [FILE]: writeSafetensors(mixed) }), [1, 3]);
    // codes as bytes under a name of the same length, which is then I8's
    const stored = Object.entries(mixed).flatMap(([name, tensor]): [string, object][] => {
      if (tensor.dtype !== "I8") return [[name, tensor]];
      const { codes, scales } = narrowRows(name, tensor);
      return [
        [name, { dtype: "U8", shape: tensor.shape, data: new Uint8Array(codes.buffer) }],
        [`${name}.scale`, { dtype: "F32", shape: [scales.length], data: scales }],
      ];
    });
    const part = (isScale: boolean) =>
      asInt8(Object.fromEntries(stored.filter(([name]) => name.endsWith(".scale") === isScale)));
    const files: FolderFiles = {
      ...tinyFolder(shape),
      "a.safetensors": part(true),
      "b.safetensors": part(false),
      "model.safetensors.index.json": { weight_map: { a: "a.safetensors", b: "b.safetensors" } },
    };
    delete files[FILE];
    expect((await weightsOf(files, [1, 3])).weights).toEqual(single.weights);
  });

  const tokenizerJson = JSON.stringify({
    ...UNIGRAM_JSON,
    model: { ...UNIGRAM_JSON.model, vocab: UNIGRAM_JSON.model.vocab.slice(0, 24) },
  });
  const dense = { outputs: 5, bias: true, activation: "tanh" as const };

  it.each([
    ["bag", {}],
    ["bag without weights of pieces", { tokenWeights: "uniform" }],
    ["two layers", { layers: 2, normEpsilon: 1e-5 }],
    ["a layer and Dense", { layers: 1, pooling: "cls", tokenWeights: "uniform", dense }],
  ] as const)("is written by the lab, and comes back as narrow as it went: %s", async (_, changes) => {
    const weights = tinyWeights(tinyConfig(changes));
    const folder = (dtype: "I8" | "F32", from = weights) => {
      const prefixes = { query: "", passage: "" };
      const model = { weights: from, tokenizerJson, prefixes, dtype, unfolded: true, readme: "" };
      return Object.fromEntries(modelFolder(model));
    };
    const ids = Array.from({ length: 24 }, (_, id) => id);
    const once = await weightsOf(folder("I8"), ids);
    for (const [name, { shape, data }] of Object.entries(weights.tensors)) {
      const found = once.weights.tensors[name]!.data;
      if (shape.length === 1) expect(found).toEqual(data);
      else
        data.forEach((x, i) => {
          const row = Math.floor(i / shape[1]!) * shape[1]!;
          const scale = Math.max(...data.subarray(row, row + shape[1]!).map(Math.abs)) / 127;
          expect(Math.abs(found[i]! - x)).toBeLessThanOrEqual(scale * 0.502);
        });
    }
    const { config, tensors } = once.weights;
    expect(config.normEpsilon ?? 1e-12).toBe(weights.config.normEpsilon ?? 1e-12);
    const again = (dtype: "I8" | "F32") => weightsOf(folder(dtype, { ...weights, tensors }), ids);
    expect((await again("F32")).weights.tensors).toEqual(tensors); // scale times code is exact there
    expect((await again("I8")).weights.tensors).toEqual(tensors);
  });

  it("by model2vec's names: rows times weights", async () => {
    const table = {
      dtype: "I8" as const,
      shape: [25, 2],
      data: Float32Array.from({ length: 50 }, (_, i) => i),
    };
    const weights = { dtype: "F32" as const, shape: [25], data: new Float32Array(25).fill(2) };
    const files = {
      ...tinyModules("StaticEmbedding", "Normalize"),
      "tokenizer.json": UNIGRAM_JSON,
      [FILE]: writeSafetensors({ embeddings: table, weights }),
    };
    // row 3 is 6 and 7: scale 7 / 127, 6 / scale = 108.857 to 109
    const { data } = (await weightsOf(files, [3])).weights.tensors["embeddings.word_embeddings.weight"]!;
    expect(data[1]).toBeCloseTo(14, 3);
    expect(data[0]).toBeCloseTo((2 * 109 * 7) / 127, 3);
  });
});

/** The file with the same bytes, its U8 said to be I8. */
function asInt8(tensors: Record<string, object>): Uint8Array<ArrayBuffer> {
  const file = writeSafetensors(tensors as Parameters<typeof writeSafetensors>[0]);
  const end = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(file.subarray(8, end)).replaceAll('"U8"', '"I8"');
  file.set(new TextEncoder().encode(header), 8);
  return file;
}

describe("a folder whose int8 is not of the form", () => {
  const WORDS = "embeddings.word_embeddings.weight";
  const codes = (...shape: number[]) => ({
    dtype: "U8",
    shape,
    data: new Uint8Array(shape.reduce((a, b) => a * b, 1)).fill(200),
  });
  const scales = (shape: number[], ...values: number[]) => ({
    dtype: "F32",
    shape,
    data: Float32Array.from({ length: shape[0]! }, (_, i) => values[i] ?? 1),
  });
  const BIAS = "encoder.layer.1.output.dense.bias";
  const table = (scale: object) => ({ [WORDS]: codes(25, 8), [`${WORDS}.scale`]: scale });
  const scaleAt = (place: number, value: number) =>
    table(scales([25], ...Array.from({ length: 25 }, (_, i) => (i === place ? value : 1))));

  const WRONG: [string, Record<string, object>, string][] = [
    ["a table without scales", { [WORDS]: codes(25, 8) }, `tensor "${WORDS}" is I8 and needs a tensor`],
    ["scales of another length", table(scales([24])), "this one is F32 of shape (24)"],
    ["scales of two dimensions", table(scales([25, 1])), "this one is F32 of shape (25, 1)"],
    ["scales in halves", table({ ...scales([25]), dtype: "F16" }), "this one is F16 of shape (25)"],
    [
      "scales of nothing",
      { "a.weight.scale": scales([3]) },
      'holds scales of "a.weight", which is not there',
    ],
    ["scales of floats", { [`${WORDS}.scale`]: scales([25]) }, `holds scales of "${WORDS}", which is F32`],
    [
      "a bias of int8",
      { [BIAS]: codes(8), [`${BIAS}.scale`]: scales([8]) },
      `tensor "${BIAS}" is I8 of shape (8)`,
    ],
    ["a scale that is no number", scaleAt(24, NaN), "holds NaN at place 24; a scale is a number from 0 to"],
    ["an infinite scale", scaleAt(0, Infinity), "holds Infinity at place 0"],
    ["a scale below 0", scaleAt(7, -1), "holds -1 at place 7"],
    ["a scale beyond all weights", scaleAt(7, 1e10), "holds 10000000000 at place 7"],
  ];
  const WRONG_TYPES = ["U8", "F8_E4M3", "BOOL", "F8_E5M2"];
  const folders: [string, FolderFiles, string][] = [
    ...WRONG.map(([name, tensors, message]): [string, FolderFiles, string] => [
      name,
      tinyFolder(TINY_BERT, { [FILE]: asInt8({ ...tinyTensors(TINY_BERT), ...tensors }) }),
      message,
    ]),
    ...WRONG_TYPES.map((dtype): [string, FolderFiles, string] => {
      const file = writeSafetensors({ ...tinyTensors(TINY_BERT), [WORDS]: codes(25, 8) as never });
      const length = Number(new DataView(file.buffer).getBigUint64(0, true));
      const header = new TextDecoder()
        .decode(file.subarray(8, 8 + length))
        .replace("U8", dtype)
        .trimEnd();
      const padded = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 8) * 8));
      const bytes = new Uint8Array(8 + padded.length + file.length - 8 - length);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(padded.length), true);
      bytes.set(padded, 8);
      bytes.set(file.subarray(8 + length), 8 + padded.length);
      const message = `folder/${FILE}: tensor "${WORDS}" is ${dtype}; the lab reads F32, F16, BF16, I8`;
      return [`a table of ${dtype}`, tinyFolder(TINY_BERT, { [FILE]: bytes }), message];
    }),
  ];

  it.each(folders)("%s is refused, and nothing of it is kept", async (_, files, message) => {
    await expect(weightsOf(files, [0, 7, 24])).rejects.toThrow(message);
    const store = memoryModels(null);
    const adding = copyCheckpoint(memoryFolder(files), {}, await store.sink("mine"));
    await expect(adding).rejects.toThrow(message);
    await expect(adding).rejects.toMatchObject({ name: "DataError" });
    expect(await store.list()).toEqual([]);
  });

  it("says what headers say before a byte of weights is asked for", async () => {
    const files = memoryFolder(folders.find(([name]) => name === "a table of U8")![1]);
    const opened = await openCheckpoint(files);
    expect(() => describeCheckpoint("x", opened)).toThrow("is U8; the lab reads");
  });

  it("finds the scale that is none wherever a stream is cut", async () => {
    const files = tinyFolder(TINY_BERT, {
      [FILE]: asInt8({ ...tinyTensors(TINY_BERT, "", "I8"), ...scaleAt(13, -2) }),
    });
    const [header] = await readWeightHeaders(memoryFolder(files));
    const bytes = files[FILE] as Uint8Array;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 9 }), (lengths) => {
        const check = createScaleCheck(header!, "far");
        const pass = () => {
          for (let at = 0, i = 0; at < bytes.length; at += lengths[i++ % lengths.length]!)
            check(bytes.subarray(at, at + lengths[i % lengths.length]!));
        };
        expect(pass).toThrow(`far: tensor "${WORDS}.scale" holds -2 at place 13; a scale is`);
      }),
    );
  });
});

it("a sentence-transformers folder of int8 is what the page and the command line say of it", async () => {
  const files = sentenceFolder({ ...TINY_BERT, layer_norm_eps: 1e-5 }, UNIGRAM_JSON, 25);
  const narrow = { ...files, [FILE]: writeSafetensors(tinyTensors(TINY_BERT, "", "I8")) };
  const opened = await openCheckpoint(memoryFolder(narrow));
  expect(describeCheckpoint("x", opened)).toMatchObject({
    layers: 2,
    width: 8,
    vocabRows: 25,
    pooling: "mean",
    bytes: (narrow[FILE] as Uint8Array).length,
  });
  const ofInt8 = /^folder has rows of int8, which sentence-transformers does not read/;
  const noted = (one: typeof opened) => one.notes.filter((note) => ofInt8.test(note)).length;
  expect(noted(opened)).toBe(1);
  const shipped = await openCheckpoint(memoryFolder(narrow), { isShipped: true });
  expect(noted(shipped)).toBe(0); // its card says so
});
