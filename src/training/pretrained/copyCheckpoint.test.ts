// A copy is the encoder it was made of, and is there whole or not at all, in memory and in private storage.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import {
  memoryFolder,
  sentenceFolder,
  tinyFolder,
  TINY_BERT,
  TINY_XLM_R,
  UNIGRAM_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import type { CheckpointFiles } from "./checkpointFiles.ts";
import { copyCheckpoint } from "./copyCheckpoint.ts";
import { checkpointConfig, loadWeights } from "./loadWeights.ts";
import { memoryModels, openModelStore, type ModelStore } from "./modelStore.ts";
import { openCheckpoint, type CheckpointHints, type OpenedCheckpoint } from "./openCheckpoint.ts";

const spec = DEFAULT_SPEC.encoder;
const IDS = Int32Array.of(1, 7, 24);

/** All that a run would take from it. */
async function taken(opened: OpenedCheckpoint) {
  const config = checkpointConfig(opened, spec, IDS.length);
  const { weights, sha256 } = await loadWeights(opened, spec, IDS, () => undefined);
  const { prefixes, longest, tokenizer } = opened;
  return { config, weights, sha256, prefixes, longest, tokenizer: tokenizer.sha256 };
}
const inPrivateStorage = (root = new FakeFolder()) =>
  openModelStore(() => Promise.resolve(root as unknown as FileSystemDirectoryHandle)); // the part it uses

const STORES: readonly [string, () => Promise<ModelStore>][] = [
  ["memory", () => Promise.resolve(memoryModels(null))],
  ["private storage", inPrivateStorage],
];

describe.each(STORES)("a copy in %s", (_, openStore) => {
  const copy = async (store: ModelStore, files: CheckpointFiles, hints: CheckpointHints = {}) =>
    copyCheckpoint(files, hints, await store.sink("mine"));

  it.each<[string, FolderFiles]>([
    ["a bare folder", tinyFolder()],
    ["a sentence-transformers folder", sentenceFolder(TINY_XLM_R, UNIGRAM_JSON, 25)],
  ])("of %s is the same encoder, and holds no other file", async (_name, files) => {
    const store = await openStore();
    const source = memoryFolder({ ...files, "pytorch_model.bin": "x", "onnx/model.onnx": "y" }, "far");
    const told = await copy(store, source);
    const here = await store.files("mine");
    expect(await taken(await openCheckpoint(here))).toEqual(await taken(told));
    expect(await here.read("pytorch_model.bin", 9)).toBeUndefined();
    expect(await here.read("onnx/model.onnx", 9)).toBeUndefined();
    expect([here.label, await store.list()]).toEqual(["mine", ["mine"]]);
  });

  it("keeps what only a catalogue knew: prompts and another folder's tokenizer", async () => {
    const store = await openStore();
    const bare = tinyFolder();
    delete bare["tokenizer.json"];
    const tokenizerFrom = memoryFolder({ "tokenizer.json": UNIGRAM_JSON }, "other");
    const prefixes = { query: "q: ", passage: "p: " };
    const told = await copy(store, memoryFolder(bare), { prefixes, tokenizerFrom });
    const {
      config,
      prefixes: kept,
      tokenizer,
    } = await taken(await openCheckpoint(await store.files("mine")));
    expect([config.pooling, kept, tokenizer]).toEqual(["mean", prefixes, told.tokenizer.sha256]);
  });

  it("that fails leaves the encoder that was there before", async () => {
    const store = await openStore();
    await copy(store, memoryFolder(tinyFolder()));
    const before = await taken(await openCheckpoint(await store.files("mine")));
    const other = memoryFolder(tinyFolder(TINY_XLM_R), "far");
    const broken: CheckpointFiles = {
      ...other,
      open: async (name) => {
        const opened = await other.open(name);
        return opened && { ...opened, stream: cutStream(opened.stream, 3000) };
      },
    };
    await expect(copy(store, broken)).rejects.toThrow("connection reset");
    expect(await taken(await openCheckpoint(await store.files("mine")))).toEqual(before);
    await expect(copy(store, memoryFolder({}, "far"))).rejects.toThrow("far has no config.json");
    expect(await store.list()).toEqual(["mine"]);
  });

  it("is refused where its weights end early without a word, as those of a dropped file that is being written", async () => {
    const store = await openStore();
    const whole = tinyFolder()["model.safetensors"] as Uint8Array<ArrayBuffer>;
    const source = memoryFolder(tinyFolder(), "far");
    let asked = 0;
    const shrinking: CheckpointFiles = {
      ...source,
      open: (name) =>
        name === "model.safetensors" && ++asked > 1
          ? Promise.resolve({ bytes: whole.length, stream: new Blob([whole.slice(0, 5000)]).stream() })
          : source.open(name),
    };
    await expect(copy(store, shrinking)).rejects.toThrow(
      `far/model.safetensors ends after 5000 of ${whole.length} bytes: it is cut short`,
    );
    expect(await store.list()).toEqual([]);
  });

  it("tells what it is before its weights are asked for, and how far it is, to its end", async () => {
    const store = await openStore();
    const seen: string[] = [];
    const source = memoryFolder(tinyFolder(TINY_BERT));
    await copyCheckpoint(
      source,
      {},
      await store.sink("mine"),
      (done, total) => seen.push(done <= total ? (done === total ? "end" : "on") : "beyond"),
      (opened) => seen.push(opened.architecture.kind),
    );
    expect([seen[0], seen.at(-1)]).toEqual(["transformer", "end"]);
    expect(seen).not.toContain("beyond");
  });

  it("is removed, and says what to do when it is asked for after that", async () => {
    const store = await openStore();
    await copy(store, memoryFolder(tinyFolder()));
    await store.remove("mine");
    await store.remove("mine"); // twice does no harm
    expect(await store.list()).toEqual([]);
    await expect(store.files("mine")).rejects.toThrow(
      "There is no encoder local:mine in this browser; drop its folder on the Encoder panel",
    );
  });
});

describe("the store of encoders", () => {
  it("is found again by a later page, and is memory with a note where there is no private storage", async () => {
    const root = new FakeFolder();
    await copyCheckpoint(memoryFolder(tinyFolder()), {}, await (await inPrivateStorage(root)).sink("a"));
    const later = await inPrivateStorage(root);
    expect([later.note, await later.list()]).toEqual([null, ["a"]]);
    const refused = await openModelStore(() => Promise.reject(new Error("private window")));
    expect(refused.note).toBe(
      "Encoders cannot be kept in this browser: no private storage (private window).",
    );
    await copyCheckpoint(memoryFolder(tinyFolder()), {}, await refused.sink("a"));
    expect(await refused.list()).toEqual(["a"]);
  });
});

/** The first bytes of a stream, then an error. */
function cutStream(stream: ReadableStream<Uint8Array>, at: number): ReadableStream<Uint8Array> {
  let left = at;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk.subarray(0, left));
        left -= chunk.length;
        if (left < 0) controller.error(new Error("connection reset"));
      },
    }),
  );
}
