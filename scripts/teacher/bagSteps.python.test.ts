// The lab's steps towards a teacher's vectors against PyTorch, and the teacher's vectors by sentence-transformers against
// the lab's own, both on a toy teacher.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { distillCommand } from "../../src/cli/commands/distillCommand.ts";
import { createFolderSink } from "../../src/cli/nodeShards.ts";
import { toyParallel, toyTeacher } from "../../src/testing/checkpoints/toyTeacher.ts";
import { TOY_BAG, toyVectorRecipe } from "../../src/testing/toyVectors.ts";
import { writeShards } from "../../src/training/data/writeShards.ts";
import { copyVector, readVectors } from "../../src/training/vectorBag/vectorFile.ts";
import { readSafetensors } from "../../src/training/tensorFile/readSafetensors.ts";
import { PYTHON } from "../python/environment.mjs";

const root = mkdtempSync(path.join(tmpdir(), "lab-bag-"));
afterAll(() => rmSync(root, { recursive: true }));
const at = (...names: string[]) => path.join(root, ...names);

/** A teacher's folder, a home with the toy set, and a recipe of 200 steps. */
async function toyFolders(): Promise<void> {
  for (const [file, content] of Object.entries(toyTeacher())) {
    mkdirSync(path.dirname(at("toy", file)), { recursive: true });
    writeFileSync(at("toy", file), content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  const facts = { id: "mills", title: "t", licence: "CC0-1.0", citation: "c", source: "s" };
  await writeShards(facts, toyParallel(160), await createFolderSink(at("home", "datasets", "mills")));
  const bag = { ...TOY_BAG, steps: 300, warmUp: 20, contrast: 0.3 };
  writeFileSync(at("recipe.json"), JSON.stringify(toyVectorRecipe({ bag })));
}

const lab = (...args: string[]) =>
  distillCommand(
    ["--config", at("recipe.json"), "--teacher", at("toy"), "--data", at("home"), "--quiet", ...args],
    { out: () => undefined, err: () => undefined },
  );
async function python(script: string, ...args: string[]): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const env = { ...process.env, HF_HUB_OFFLINE: "1" };
  return (await promisify(execFile)(PYTHON, ["-X", "utf8", file, ...args], { env })).stdout;
}

/** Lists first: they are of what has no vectors yet. Then the lab makes them, and trains 200 steps. */
beforeAll(async () => {
  await toyFolders();
  await lab("--list-texts", at("lists"));
  await lab("--dump", at("steps"));
}, 120_000);

describe("a bag in Python", () => {
  it("has the lab's first 200 losses to 1e-3", async () => {
    const said = JSON.parse(await python("bagSteps.py", at("steps"), "--threads", "1")) as {
      steps: number;
      difference: number;
      losses: number[];
    };
    expect(said.steps).toBe(200);
    expect(said.difference).toBeLessThan(1e-3);
    expect(said.losses.at(-1)).toBeLessThan(said.losses[0]! - 0.1); // it learned: the rows moved
  }, 180_000);

  it("gives the teacher's vectors that the lab's own engine gives, and passes over what is there", async () => {
    const [sha] = readdirSync(at("home", "vectors"));
    const own = at("home", "vectors", sha!);
    const names = readdirSync(own);
    expect(names).toHaveLength(3);
    const said = await python("vectors.py", at("toy"), at("lists"), at("made"));
    expect(said.trim().split("\n")).toHaveLength(3);
    for (const name of names) {
      const [a, b] = [path.join(own, name), at("made", name)].map((file) => {
        const bytes = readFileSync(file);
        const [count, width] = readSafetensors(bytes, file).tensors.get("vectors")!.shape as [number, number];
        return readVectors(bytes, file, { count, width });
      });
      expect(b!.madeBy).toMatch(/^sentence-transformers .* f32$/);
      const [x, y] = [new Float32Array(16), new Float32Array(16)];
      for (let i = 0; i < a!.count; i++) {
        copyVector(a!, i, x, 0);
        copyVector(b!, i, y, 0);
        x.forEach((value, d) => expect(y[d]).toBeCloseTo(value, 3)); // halves
      }
    }
    expect(await python("vectors.py", at("toy"), at("lists"), at("made"))).toBe("");
  }, 180_000);
});
