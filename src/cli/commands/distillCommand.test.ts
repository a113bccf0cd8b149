// The command on invented sets in a folder of its own: the model it writes, going on, and what it refuses.
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseRecipe } from "../../core/distill/parseRecipe.ts";
import { SHIPPED_ENCODERS } from "../../core/encoders/shippedEncoders.ts";
import { RECIPES } from "../../core/distill/recipes.ts";
import type { SidedRecord } from "../../core/data/records.ts";
import { toyParallel, toyPassage } from "../../testing/checkpoints/toyTeacher.ts";
import { toyRecipe } from "../../testing/toyTexts.ts";
import { writeShards } from "../../training/data/writeShards.ts";
import { SHIPPED_MODELS } from "../nodeModels.ts";
import { createFolderSink } from "../nodeShards.ts";
import { distillCommand } from "./distillCommand.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lab-distill-"));
  await writeSet("mills", toyParallel(60, 6));
  await writeSet("xquad-r", [query("Which heron counts the locks of the long canal?")]);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const facts = { title: "t", licence: "CC0-1.0", citation: "c", source: "s" };
const setDir = (id: string) => path.join(home, "datasets", id);
async function writeSet(id: string, records: SidedRecord[]) {
  await writeShards({ ...facts, id }, records, await createFolderSink(setDir(id)));
}
const query = (text: string): SidedRecord => ({
  side: "queries",
  record: { _id: "q1", text, lang: "en", concept: "q", split: "test" },
});

async function recipeFile(name: string, changes: Parameters<typeof toyRecipe>[0] = {}) {
  const base = toyRecipe();
  const small = { steps: 12, width: 16, batchSize: 16 };
  const recipe = toyRecipe({
    name,
    sources: [{ id: "mills", use: "sentences", weight: 1, dropTestPhrases: false }],
    languages: { boosted: ["en", "ru"], boost: 1, englishBoost: 1 },
    teacher: { ...base.teacher, ...small, width: 24 },
    student: { ...base.student, ...small },
    ...changes,
  });
  const file = path.join(home, `${name}.json`);
  await writeFile(file, JSON.stringify(recipe));
  return file;
}

async function distill(...args: string[]) {
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: () => undefined };
  const code = await distillCommand([...args, "--data", home, "--quiet"], io);
  return { code, out };
}

const hashOf = async (dir: string) =>
  createHash("sha256")
    .update(await readFile(path.join(dir, "model.safetensors")))
    .digest("hex");

describe("lab distill", () => {
  it("writes a model folder; the same recipe gives the same bytes, also from half-way", async () => {
    const file = await recipeFile("toy");
    const [one, two] = [path.join(home, "one"), path.join(home, "two")];
    const { out } = await distill("--config", file, "--out", one);
    expect(out).toEqual([`model\t${one}`, `teacher\t${one}-teacher`]);
    // What a run leaves that was stopped after the teacher: the student's checkpoint is not there yet.
    await rm(path.join(home, "distill", "toy", "student"), { recursive: true });
    await distill("--config", file, "--out", two, "--resume");
    expect(await hashOf(two)).toBe(await hashOf(one));
    const configOf = async (dir: string) =>
      JSON.parse(await readFile(path.join(dir, "config.json"), "utf8")) as object;
    const bag = { model_type: "hybrid-batch-lab-bag", vocab_size: 24000 };
    expect(await configOf(one)).toMatchObject({ ...bag, hidden_size: 16 });
    expect(await configOf(`${one}-teacher`)).toMatchObject({ ...bag, hidden_size: 24 });
    const card = await readFile(path.join(one, "README.md"), "utf8");
    expect(card).toContain("student 12:");
    expect(card).toContain('"seed": 1');
  }, 120_000);

  it("does not go on from the stages of another recipe", async () => {
    const file = await recipeFile("toy", { seed: 9 });
    await expect(distill("--config", file, "--out", path.join(home, "no"), "--resume")).rejects.toThrow(
      /holds the stages of another recipe or other data/,
    );
  }, 60_000);

  it("fails on a planted sentence of a test set, however it is written", async () => {
    await cp(setDir("mills"), setDir("kept"), { recursive: true });
    const planted = "Which heron counts the locks of the long canal";
    await writeSet("mills", [...toyParallel(60, 6), toyPassage("x", "en", planted.toUpperCase())]);
    const file = await recipeFile("leaky", {
      sources: [{ id: "mills", use: "sentences", weight: 1, dropTestPhrases: true }],
    });
    await expect(distill("--config", file)).rejects.toThrow("mills en:x is also in xquad-r q1, a test set");
    await rm(setDir("mills"), { recursive: true });
    await cp(setDir("kept"), setDir("mills"), { recursive: true });
  }, 60_000);

  it("says which recipe or set is missing", async () => {
    await expect(distill("--config", "distilled-mini", "--tokenizer", "nothing.json")).rejects.toThrow(
      "nothing.json: there is no such file; name a tokenizer.json",
    );
    await expect(distill("--config", "nothing")).rejects.toThrow(
      /^nothing: there is no such file; name a recipe's file or one of distilled-bag-37k, .*, distilled-mini, distilled-weak/,
    );
    const file = await recipeFile("absent", {
      sources: [{ id: "no-such-set", use: "sentences", weight: 1, dropTestPhrases: false }],
    });
    await expect(distill("--config", file)).rejects.toThrow('There is no dataset "no-such-set" here');
  }, 60_000);
});

describe("the shipped models", () => {
  it.each(Object.values(RECIPES).filter(({ name }) => SHIPPED_ENCODERS.includes(name)))(
    "$name: as small as promised, and its card tells the recipe it was made by",
    async (recipe) => {
      const most = !("kind" in recipe) ? 16e6 : recipe.bag ? 12.5e6 : 20e6;
      const dir = path.join(SHIPPED_MODELS, recipe.name);
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      const sizes = files
        .filter((file) => file.isFile())
        .map(async (file) => (await stat(path.join(file.parentPath, file.name))).size);
      expect((await Promise.all(sizes)).reduce((a, b) => a + b)).toBeLessThanOrEqual(most);
      const card = await readFile(path.join(dir, "README.md"), "utf8");
      const [, json] = /```json\n([\s\S]*?)\n```/.exec(card)!;
      expect(parseRecipe(json!, "README.md")).toEqual(recipe);
    },
  );
});
