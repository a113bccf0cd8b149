// Chosen rows of chosen tensors, streamed through blocks, are the rows that lie there; indexes and files that lie are told.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryFolder, type FolderFiles } from "../../testing/checkpoints/checkpointFolder.ts";
import type { WeightTensor } from "../model/weights.ts";
import { writeSafetensors } from "../tensorFile/writeSafetensors.ts";
import type { CheckpointFiles } from "./checkpointFiles.ts";
import { readTensors, readWeightHeaders, type WantedTensor } from "./weightFiles.ts";

const FILE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const f32 = (shape: number[], first = 0) => ({
  shape,
  dtype: "F32" as const,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
});
/** Reads what is wanted of the only file. */
async function read(content: FolderFiles[string], wanted: readonly WantedTensor[]) {
  const files = memoryFolder({ [FILE]: content }, "far");
  const [file] = await readWeightHeaders(files);
  const kept = new Map<string, WeightTensor>();
  let bytes = 0;
  const sha256 = await readTensors(
    files,
    file!,
    wanted,
    (name, tensor) => kept.set(name, tensor),
    (n) => (bytes += n),
  );
  return { kept, sha256, bytes };
}

describe("readTensors", () => {
  // 400,000 rows of 1: blocks of 1 MiB hold 262,144 of them, so there are two
  const N = 400_000;
  const content = writeSafetensors({ before: f32([3], 7), table: f32([N, 1]), behind: f32([2, 2], -1) });

  it("gives the rows that were asked for, on both sides of a block's end, and counts and hashes the whole", async () => {
    const rows = [0, 1, 262_142, 262_143, 262_144, 262_145, N - 1];
    const { kept, sha256, bytes } = await read(content, [{ name: "table", rows: Int32Array.from(rows) }]);
    expect([...kept.keys()]).toEqual(["table"]);
    expect(kept.get("table")).toEqual({ shape: [rows.length, 1], data: Float32Array.from(rows) });
    expect([sha256, bytes]).toEqual([createHash("sha256").update(content).digest("hex"), content.length]);
  });

  it("passes blocks without a row over, and takes no row of any", async () => {
    for (const rows of [[N - 1], [5], []]) {
      const { kept } = await read(content, [{ name: "table", rows: Int32Array.from(rows) }]);
      expect(kept.get("table")).toEqual({ shape: [rows.length, 1], data: Float32Array.from(rows) });
    }
  });

  it("gives a tensor whole where no rows are named, with its shape", async () => {
    const { kept } = await read(content, [{ name: "behind" }, { name: "before" }, { name: "table" }]);
    expect(kept.get("before")).toEqual({ shape: [3], data: Float32Array.of(7, 8, 9) });
    expect(kept.get("behind")).toEqual({ shape: [2, 2], data: Float32Array.of(-1, 0, 1, 2) });
    expect(kept.get("table")!.data[N - 1]).toBe(N - 1);
    expect([...kept.keys()]).toEqual(["before", "behind", "table"]); // as they lie in the file, by name
  });

  it("gives any ascending rows of any width, in halves too", async () => {
    const shape = fc.record({ n: fc.integer({ min: 1, max: 20 }), width: fc.integer({ min: 1, max: 9 }) });
    const dtype = fc.constantFrom("F32" as const, "F16" as const);
    await fc.assert(
      fc.asyncProperty(shape, dtype, fc.uniqueArray(fc.nat(19)), async ({ n, width }, type, picks) => {
        const table = { ...f32([n, width]), dtype: type }; // whole numbers below 2048 are halves
        const rows = picks.filter((row) => row < n).sort((a, b) => a - b);
        const { kept } = await read(writeSafetensors({ t: table }), [
          { name: "t", rows: Int32Array.from(rows) },
        ]);
        const expected = rows.flatMap((row) => [...table.data.subarray(row * width, (row + 1) * width)]);
        expect([...kept.get("t")!.data]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("gives a number without a shape, and a tensor without numbers", async () => {
    const { kept } = await read(writeSafetensors({ one: f32([], 4), none: f32([0, 3]) }), [
      { name: "one" },
      { name: "none" },
    ]);
    expect(kept.get("one")).toEqual({ shape: [], data: Float32Array.of(4) });
    expect(kept.get("none")).toEqual({ shape: [0, 3], data: new Float32Array(0) });
  });

  it("passes over types it does not read, and refuses one that is wanted", async () => {
    const ids = { shape: [2], dtype: "I32" as const, data: Int32Array.of(1, 2) };
    const mixed = writeSafetensors({ "position.ids": ids, table: f32([2, 1]) });
    expect((await read(mixed, [{ name: "table" }])).kept.get("table")!.data).toEqual(Float32Array.of(0, 1));
    await expect(read(mixed, [{ name: "position.ids" }])).rejects.toThrow(
      'far/model.safetensors: tensor "position.ids" is I32; the lab reads F32, F16, BF16',
    );
  });

  it("refuses a file that is another one than its header was read of", async () => {
    const small = { a: f32([2]) };
    const states = [small, { a: f32([3]) }, small, { b: f32([2]) }].map((tensors) =>
      writeSafetensors(tensors),
    );
    const changing = (first: number): CheckpointFiles => {
      let at = first;
      const open = () => Promise.resolve({ bytes: undefined, stream: new Blob([states[at++]!]).stream() });
      return { label: "far", read: () => Promise.resolve(undefined), open };
    };
    for (const first of [0, 2]) {
      const files = changing(first);
      const [file] = await readWeightHeaders(files);
      await expect(
        readTensors(
          files,
          file!,
          [],
          () => undefined,
          () => undefined,
        ),
      ).rejects.toThrow("far/model.safetensors was changed while it was read; try again");
    }
    const [file] = await readWeightHeaders(memoryFolder({ [FILE]: states[0]! }, "far"));
    const gone = memoryFolder({}, "far");
    await expect(
      readTensors(
        gone,
        file!,
        [],
        () => undefined,
        () => undefined,
      ),
    ).rejects.toThrow("far/model.safetensors is gone");
  });

  it("ends the stream of a file it refuses, or its connection would stay open", async () => {
    const ended: string[] = [];
    const bytes = writeSafetensors({ a: f32([2]) });
    const open = () => {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(bytes.slice(0, 6)),
        cancel: () => void ended.push("cancelled"),
      });
      return Promise.resolve({ bytes: 1e9, stream });
    };
    await expect(
      readWeightHeaders({ label: "far", read: () => Promise.resolve(undefined), open }),
    ).rejects.toThrow(/^far\/model\.safetensors: its header/);
    expect(ended).toEqual(["cancelled"]);
  });
});

describe("weights in parts", () => {
  const part = (name: string) => writeSafetensors({ [name]: f32([1]) });
  const headers = (weight_map: unknown, files: FolderFiles = {}, folder = "") =>
    readWeightHeaders(memoryFolder({ [`${folder}${INDEX}`]: { weight_map }, ...files }, "far"), folder);

  it("are read in the order of their names, each once, within their folder", async () => {
    const files = { "2_Dense/b.safetensors": part("b"), "2_Dense/a.safetensors": part("a") };
    const map = { b: "b.safetensors", a: "a.safetensors", a2: "a.safetensors" };
    const read = await headers(map, files, "2_Dense/");
    expect(read.map(({ name }) => name)).toEqual(["2_Dense/a.safetensors", "2_Dense/b.safetensors"]);
  });

  it("that hold a tensor twice are refused: which one would count?", async () => {
    const files = { "a.safetensors": part("t"), "b.safetensors": part("t") };
    await expect(headers({ t: "a.safetensors", u: "b.safetensors" }, files)).rejects.toThrow(
      'far: tensor "t" is in two of its parts',
    );
  });

  it.each<[string, unknown]>([
    ["no map", undefined],
    ["an empty map", {}],
    ["a map that is a list of nothing", []],
    ["a text for a map", "a.safetensors"],
    ["a part outside the folder", { a: "../a.safetensors" }],
    ["a part in another folder", { a: "x/a.safetensors" }],
    ["a part of another format", { a: "a.bin" }],
    ["a part that is no name", { a: 7 }],
    ["a hidden file", { a: ".safetensors" }],
    ["101 parts", Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, `${i}.safetensors`]))],
  ])("are refused for %s", async (_, map) => {
    await expect(headers(map)).rejects.toThrow(
      "far/model.safetensors.index.json: weight_map must name 1 to 100 .safetensors files",
    );
  });
});
