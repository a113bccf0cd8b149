// A bag from a toy teacher's vectors, on invented texts: what it learns, that it repeats and goes on bit for bit, and what
// is refused before anything is written.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { vectorKey } from "../../core/distill/textLists.ts";
import type { SidedRecord } from "../../core/data/records.ts";
import {
  tinyFolder,
  WORDPIECE_JSON,
  TINY_BERT,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { toyParallel, toyPassage, toyTeacher } from "../../testing/checkpoints/toyTeacher.ts";
import { TOY_BAG, toyVectorRecipe } from "../../testing/toyVectors.ts";
import { writeVectors } from "../../training/vectorBag/vectorFile.ts";
import { writeShards } from "../../training/data/writeShards.ts";
import { createTokenizer } from "../../training/text/tokenizer.ts";
import { distillCommand } from "../commands/distillCommand.ts";
import { createFolderSink } from "../nodeShards.ts";
import type { ProgressLine } from "../progressLine.ts";
import { planVectors } from "./planVectors.ts";
import { prepareBag, runBag, statesPlace } from "./runVectors.ts";
import { openVectorTeacher } from "./vectorTeacher.ts";

let root: string;
let home: string;
let teacher: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lab-vectors-"));
  home = path.join(root, "home");
  teacher = await writeFolder("toy", toyTeacher());
  await writeSet("mills", toyParallel(80));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function writeFolder(name: string, files: FolderFiles): Promise<string> {
  const dir = path.join(root, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(path.join(dir, file), isText ? content : JSON.stringify(content));
  }
  return dir;
}

async function writeSet(id: string, records: SidedRecord[]) {
  const facts = { id, title: "t", licence: "CC0-1.0", citation: "c", source: "s" };
  await writeShards(facts, records, await createFolderSink(path.join(home, "datasets", id)));
}

async function distill(recipe: VectorRecipe, ...args: string[]) {
  const file = path.join(root, "recipes", `${recipe.name}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(recipe));
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: () => undefined };
  await distillCommand(["--config", file, "--teacher", teacher, "--data", home, "--quiet", ...args], io);
  return out;
}

const QUIET: ProgressLine = {
  show: () => undefined,
  say: () => undefined,
  note: () => undefined,
  end: () => undefined,
};
/** Progress of a process that is killed when it has told `times` times of a phase. */
function killedAt(phase: string, times: number): ProgressLine {
  let left = times;
  const show: ProgressLine["show"] = (told) => {
    if (told.phase.startsWith(phase) && left-- === 0) throw new Error("killed");
  };
  return { ...QUIET, show };
}
const prepared = async (recipe = toyVectorRecipe(), progress = QUIET, place = home) => {
  const opened = await openVectorTeacher(teacher, recipe.maxTokens);
  const plan = await planVectors(recipe, opened, home, () => undefined);
  return prepareBag(recipe, opened, plan, place, progress);
};

describe("lab distill with a published teacher", () => {
  it("writes a folder of the teacher's chosen pieces that has come nearer to the targets", async () => {
    const out = path.join(root, "made");
    const [told] = await distill(toyVectorRecipe(), "--out", out);
    expect(told).toMatch(/^model\t.*made\t0\.\d\d MB$/);
    const config = JSON.parse(await readFile(path.join(out, "config.json"), "utf8")) as object;
    expect(config).toMatchObject({ model_type: "hybrid-batch-lab-bag", vocab_size: 60, hidden_size: 12 });
    const tokenizer = createTokenizer(await readFile(path.join(out, "tokenizer.json"), "utf8"));
    expect(tokenizer.vocabSize).toBe(60);
    expect(Array.from(tokenizer.encode("river"), (id) => tokenizer.piece(id))).toEqual(["▁river"]);
    const card = await readFile(path.join(out, "README.md"), "utf8");
    expect(card).toContain("It saw nothing. Made by: hybrid-batch-lab wasm f32.");
    const losses = [...card.matchAll(/^step \d+: loss ([\d.]+)/gm)].map(([, loss]) => Number(loss));
    expect(losses).toHaveLength(4);
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.05);
    const crossAt = (step: number) => Number(new RegExp(`^step ${step}: .*Cr ([\\d.]+)`, "m").exec(card)![1]);
    expect(crossAt(20)).toBeGreaterThan(crossAt(0) + 0.1);
  }, 60_000);

  it("goes on from its last checkpoint to the bits of a run that was never killed", async () => {
    const work = await prepared();
    const whole = await runBag(work, path.join(root, "whole"), false, QUIET);
    const place = path.join(root, "killed");
    await expect(runBag(work, place, false, killedAt("train", 12))).rejects.toThrow("killed");
    const resumed = await runBag(work, place, true, QUIET);
    expect(resumed).toEqual(whole);
    expect(resumed.log).toHaveLength(7); // steps 0, 5, 10, 15, 20, which was kept and how it was finished
    // Also where it was finished.
    expect(await runBag(work, place, true, QUIET)).toEqual(whole);
    const other = await prepared(toyVectorRecipe({ seed: 2 }));
    await expect(runBag(other, place, true, QUIET)).rejects.toThrow("another recipe or other data");
  }, 60_000);

  it("makes vectors block by block: killed, it goes on to the same bytes", async () => {
    const cut = toyVectorRecipe({ name: "cut" });
    const place = path.join(root, "cut");
    await expect(prepared(cut, killedAt("vectors", 1), place)).rejects.toThrow("killed");
    await prepared(cut, QUIET, place);
    const names = (dir: string) => readdir(path.join(dir, "vectors"), { recursive: true });
    const made = (await names(home)).filter((name) => name.endsWith(".safetensors"));
    expect((await names(place)).sort()).toEqual((await names(home)).sort());
    expect(made).toHaveLength(3); // pieces, en, ru
    for (const name of made) {
      const [a, b] = [home, place].map((dir) => readFile(path.join(dir, "vectors", name)));
      expect((await a!).equals(await b!)).toBe(true);
    }
  }, 60_000);

  it("keeps the step that is best on held-out texts, and stops when none was better for long", async () => {
    const stop = { ...TOY_BAG.stop, every: 1, patience: 3 };
    const bag = { ...TOY_BAG, stop, learningRate: 3, warmUp: 1 }; // so fast that it gets worse
    const work = await prepared(toyVectorRecipe({ name: "fast", bag }));
    const { log } = await runBag(work, statesPlace(home, { name: "fast" }), false, QUIET);
    const kept = Number(/^kept: step (\d+)$/.exec(log.at(-2)!)![1]);
    expect(log).toHaveLength(kept + 3 + 3); // steps 0 .. kept + 3, this line and how it was finished
    expect(kept + 3).toBeLessThan(bag.steps);
  }, 60_000);

  it("writes the lists that lack vectors, by the hash of what the teacher reads", async () => {
    const lists = path.join(root, "lists");
    const fresh = path.join(root, "fresh");
    await cp(path.join(home, "datasets"), path.join(fresh, "datasets"), { recursive: true });
    const out = await distill(toyVectorRecipe(), "--data", fresh, "--list-texts", lists);
    expect(out[0]).toBe("lists\t3 of 3 have no vectors yet");
    expect(out[1]).toContain(`scripts/teacher/vectors.py ${teacher} ${lists} ${fresh}`);
    const read = (await readdir(lists)).map(async (name) => {
      const list = JSON.parse(await readFile(path.join(lists, name), "utf8")) as {
        name: string;
        prefix: string;
        maxTokens: number;
        texts: string[];
      };
      expect(name).toBe(`${vectorKey(list.prefix, list.texts)}.json`);
      return [list.name, list.prefix, list.maxTokens, list.texts.length];
    });
    expect((await Promise.all(read)).sort()).toEqual([
      ["mills en", "passage: ", 32, 60],
      ["mills ru", "passage: ", 32, 60],
      ["pieces", "query: ", 32, 60],
    ]);
    expect(await readdir(fresh)).toEqual(["datasets"]);
  }, 60_000);

  it("prepares what a trainer of layers needs, and says so where one is asked for here", async () => {
    const recipe: VectorRecipe = { ...toyVectorRecipe({ name: "layers", pieces: 58 }), bag: null };
    await expect(distill(recipe)).rejects.toThrow(
      "layers has layers: train them with scripts/teacher/layers.py",
    );
    const out = path.join(root, "prepared");
    await distill(recipe, "--prepare", out);
    const read = (name: string) => readFile(path.join(out, name), "utf8");
    const json = await read("tokenizer.json");
    const tokenizer = createTokenizer(json);
    const ids = JSON.parse(await read("pieces.json")) as number[];
    expect([ids.length, tokenizer.vocabSize, [...tokenizer.prefixIds], [...tokenizer.suffixIds]]).toEqual([
      58,
      58,
      [0],
      [2],
    ]);
    const whole = createTokenizer(toyTeacher()["tokenizer.json"]);
    expect(ids.map((id) => whole.piece(id))).toEqual(ids.map((_, id) => tokenizer.piece(id)));
    const lines = (await read("texts.jsonl")).trim().split("\n");
    expect(lines).toHaveLength(160);
    // Training texts come first in the set: 0, 1, 2, 4 ...
    const fourth = { set: "mills", lang: "en", kind: "passage", concept: "4", split: "train", row: 3 };
    expect(JSON.parse(lines[3]!)).toMatchObject(fourth);
  }, 60_000);
});

describe("refused before anything is written", () => {
  const refusedWith = async (recipe: VectorRecipe, message: RegExp | string, ...args: string[]) => {
    const there = async () =>
      (await readdir(root, { recursive: true })).filter((name) => !name.startsWith("recipes")).sort();
    const before = await there();
    await expect(distill(recipe, ...args)).rejects.toThrow(message);
    expect(await there()).toEqual(before);
  };
  const bad = (name: string) => toyVectorRecipe({ name });

  it("a teacher of another architecture, or with no Unigram pieces", async () => {
    const config = { ...TINY_BERT, model_type: "t5", hidden_act: "gelu" };
    const other = await writeFolder("t5", tinyFolder(TINY_BERT, { "config.json": config }));
    await refusedWith(bad("a"), /t5\/config\.json.*model_type.*"t5"/, "--teacher", other);
    const words = await writeFolder(
      "words",
      tinyFolder({ ...TINY_BERT, vocab_size: 24 }, { "tokenizer.json": WORDPIECE_JSON }),
    );
    await refusedWith(
      bad("b"),
      "words/tokenizer.json is WordPiece; pieces are chosen from a Unigram",
      "--teacher",
      words,
    );
  }, 60_000);

  it("more pieces than there are, or fewer than must stay", async () => {
    await refusedWith(
      toyVectorRecipe({ name: "c", pieces: 400 }),
      /toy\/tokenizer\.json: 400 pieces were asked for/,
    );
    await refusedWith(
      toyVectorRecipe({ name: "d", pieces: 9 }),
      /9 pieces were asked for; its \d+ have \d+ that must stay/,
    );
  }, 60_000);

  it("a text without its pivot, where the recipe requires one", async () => {
    await writeSet("lone", [...toyParallel(8), toyPassage("x", "ru", "гусаль медяк")]);
    const source = { id: "lone", kind: "passage" as const, pivot: "required" as const };
    await refusedWith(
      toyVectorRecipe({ name: "e", sources: [source] }),
      'lone: text ru:x has no translation into "en", which the recipe requires of this set',
    );
  }, 60_000);

  it("vectors that are cut short or another list's", async () => {
    await prepared(); // all are there
    const dir = path.join(home, "vectors", (await readdir(path.join(home, "vectors")))[0]!);
    const file = path.join(dir, (await readdir(dir))[0]!);
    const whole = await readFile(file);
    await writeFile(file, whole.subarray(0, -10));
    await refusedWith(bad("f"), /\.safetensors: .*(ends|cut|bytes)/);
    const five = Float32Array.from({ length: 5 * 16 }, () => 0.25);
    await writeFile(file, Buffer.concat(writeVectors(five, 16, "a test")));
    const shapes = /tensor "vectors" must be F16 \(60, 16\), the file has F16 \(5, 16\): remove it/;
    await refusedWith(bad("g"), shapes);
    const numbers = Buffer.from(whole).fill(0xff, whole.length - 32);
    await writeFile(file, numbers);
    await refusedWith(bad("h"), /vector 59 has length NaN, not 1: remove the file/);
    await writeFile(file, whole);
  }, 60_000);

  it("options of the other kind of recipe", async () => {
    await refusedWith(
      bad("i"),
      "--tokenizer is not for i, whose pieces are its teacher's",
      "--tokenizer",
      "x.json",
    );
    const io = { out: () => undefined, err: () => undefined };
    await expect(distillCommand(["--data", home], io)).rejects.toThrow(
      "distilled-bag-37k learns from multilingual-e5-small: name its folder with --teacher DIR, or add it",
    );
    await expect(distillCommand(["--config", "distilled-mini", "--teacher", teacher], io)).rejects.toThrow(
      "--teacher is for recipes with a published teacher; distilled-mini has none",
    );
  }, 60_000);
});
