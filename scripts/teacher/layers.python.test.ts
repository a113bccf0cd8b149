// The trainer of layers on a toy teacher: its BERT is transformers' own, it goes on to the same bits, it learns, and the lab
// reads what it made.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { distillCommand } from "../../src/cli/commands/distillCommand.ts";
import { createFolderSink } from "../../src/cli/nodeShards.ts";
import type { LayersRecipe, VectorRecipe } from "../../src/core/distill/vectorRecipe.ts";
import { toyParallel, toyTeacher } from "../../src/testing/checkpoints/toyTeacher.ts";
import { toyVectorRecipe } from "../../src/testing/toyVectors.ts";
import { writeShards } from "../../src/training/data/writeShards.ts";
import { PYTHON } from "../python/environment.mjs";

const root = mkdtempSync(path.join(tmpdir(), "lab-layers-"));
afterAll(() => rmSync(root, { recursive: true }));
const at = (...names: string[]) => path.join(root, ...names);
const HERE = fileURLToPath(new URL(".", import.meta.url));

const LAYERS: LayersRecipe = {
  kept: [0, 1],
  begin: null,
  towards: "states",
  maxTokens: 24,
  texts: 150 * 16,
  batchSize: 16,
  learningRate: 5e-3,
  warmUp: 10,
  weightDecay: 0.01,
  contrast: 0.2,
  temperature: 0.05,
  finish: null,
};
const STATES: VectorRecipe = {
  ...toyVectorRecipe({ name: "toy-raw", pieces: 58 }),
  bag: null,
  layers: LAYERS,
};
const ALIGNED: VectorRecipe = {
  ...STATES,
  name: "toy-aligned",
  layers: { ...LAYERS, begin: "toy-raw", towards: "targets", contrast: 1 },
};
const TURNED: VectorRecipe = {
  ...ALIGNED,
  name: "toy-turned",
  layers: { ...ALIGNED.layers!, begin: "toy-aligned", texts: 0, finish: { texts: 100, spread: 0.5 } },
};

const lab = (recipe: VectorRecipe, ...args: string[]) => {
  const file = at(`${recipe.name}.json`);
  writeFileSync(file, JSON.stringify(recipe));
  const given = ["--config", file, "--teacher", at("toy"), "--data", at("home"), "--quiet", ...args];
  return distillCommand(given, { out: () => undefined, err: () => undefined });
};

async function python(...args: string[]): Promise<string> {
  const env = { ...process.env, HF_HUB_OFFLINE: "1", PYTHONPATH: HERE };
  return (await promisify(execFile)(PYTHON, ["-X", "utf8", ...args], { env })).stdout;
}
const train = (prepared: string, out: string, ...args: string[]) =>
  python(path.join(HERE, "layers.py"), at(prepared), at("toy"), at(out), "--threads", "1", ...args);
const losses = (said: string) => [...said.matchAll(/loss ([0-9.]+)/g)].map(([, loss]) => Number(loss));

beforeAll(async () => {
  for (const [file, content] of Object.entries(toyTeacher())) {
    mkdirSync(path.dirname(at("toy", file)), { recursive: true });
    writeFileSync(at("toy", file), content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  const facts = { id: "mills", title: "t", licence: "CC0-1.0", citation: "c", source: "s" };
  await writeShards(facts, toyParallel(160), await createFolderSink(at("home", "datasets", "mills")));
  await lab(STATES, "--prepare", at("states"));
  await lab(ALIGNED, "--prepare", at("aligned"));
  await lab(TURNED, "--prepare", at("turned"));
  await lab(STATES, "--list-texts", at("lists"));
  await python(path.join(HERE, "vectors.py"), at("toy"), at("lists"), at("vectors"));
}, 240_000);

/** The toy teacher's folder with other settings. */
function otherTeacher(name: string, changes: object): string {
  cpSync(at("toy"), at(name), { recursive: true });
  const config = JSON.parse(readFileSync(at("toy", "config.json"), "utf8")) as object;
  writeFileSync(at(name, "config.json"), JSON.stringify({ ...config, ...changes }));
  return at(name);
}

describe("layers of a teacher", () => {
  it.each([
    ["its norms as they are", {}],
    ["other norms", { layer_norm_eps: 0.05 }],
  ])(
    "are the teacher's own, by transformers, before any training: %s",
    async (_, changes) => {
      const script = `
import json, sys, torch
from pathlib import Path
from transformers import BertModel
from bertLayers import Bert, read_config, read_tensors
folder = Path(sys.argv[1])
config = read_config(folder)
pieces, places = config["vocab_size"], config["max_position_embeddings"]
own = Bert(config, 2, pieces, places)
own.fill(read_tensors(folder), [0, 1], torch.arange(pieces))
theirs = BertModel.from_pretrained(folder).eval()
ids = torch.randint(4, pieces, (5, 20))
mask = torch.arange(20)[None] < torch.tensor([[20], [3], [11], [1], [17]])
wanted = theirs(input_ids=ids, attention_mask=mask.long()).last_hidden_state
print(float((own(ids, mask) - wanted)[mask].abs().max()), float(wanted.abs().max()))
`;
      const [difference, largest] = (await python("-c", script, otherTeacher("same", changes)))
        .trim()
        .split(" ")
        .map(Number);
      expect(largest).toBeGreaterThan(0.5);
      expect(difference).toBeLessThan(1e-5);
    },
    180_000,
  );

  it("go on from a step to the same bits, learn states and then targets, and are read by the lab", async () => {
    const said = losses(await train("states", "raw"));
    expect(said).toHaveLength(6);
    expect(said.at(-1)).toBeLessThan(said[0]! * 0.8);

    cpSync(at("raw", "state.pt"), at("again", "state.pt")); // of step 100
    const rest = losses(await train("states", "again"));
    expect(rest).toEqual(said.slice(4));
    const weights = (name: string) => readFileSync(at(name, "model.safetensors"));
    expect(weights("again").equals(weights("raw"))).toBe(true);
    expect(readFileSync(at("again", "training.json"))).toEqual(readFileSync(at("raw", "training.json")));

    const options = ["--vectors", at("vectors"), "--begin", at("raw")];
    const towards = losses(await train("aligned", "out", ...options));
    expect(towards.at(-1)).toBeLessThan(towards[0]!);

    await lab(ALIGNED, "--layers", at("out"), "--out", at("model"));
    const card = readFileSync(at("model", "README.md"), "utf8");
    expect(card).toContain("a BERT of 2 layers, 16 wide, on 58 pieces");
    expect(card).toMatch(/step 150: loss [0-9.]+/);
    const config = JSON.parse(readFileSync(at("model", "config.json"), "utf8")) as Record<string, unknown>;
    expect(config).toMatchObject({ model_type: "bert", num_hidden_layers: 2, vocab_size: 58 });

    // No step: the layers stay, and a matrix stands behind their mean.
    expect(await train("turned", "even", "--begin", at("out"))).toMatch(
      /turned by 1\d\d texts of \d+ concepts/,
    );
    expect(weights("even").equals(weights("out"))).toBe(true);
    await lab(TURNED, "--layers", at("even"), "--out", at("evenModel"));
    expect(readFileSync(at("evenModel", "README.md"), "utf8")).toContain("turned by one matrix");
    const chain = JSON.parse(readFileSync(at("evenModel", "modules.json"), "utf8")) as { path: string }[];
    expect(chain.map(({ path }) => path)).toEqual(["", "1_Pooling", "2_Dense", "3_Normalize"]);
  }, 300_000);

  it("are turned so that spread 0 changes nothing, 1 makes all directions equal, and between them a power", async () => {
    const script = `
import json, torch
from layers import apart, evening
torch.manual_seed(1)
bend = torch.diag(torch.tensor([4.0, 3, 2, 1, 1, 0.5, 0.2, 0.1])) @ torch.randn(8, 8)
concept = torch.arange(300) // 3
rows = apart(torch.randn(100, 8)[concept] + torch.randn(300, 8) @ bend, concept)
said = [float(rows.view(100, 3, 8).sum(1).abs().max())]
own = torch.linalg.svdvals(rows)
for spread in (0.0, 0.5, 1.0):
    turned = torch.linalg.svdvals(rows @ evening(rows, spread)[0].double())
    said.append((turned / own[0]).tolist())
print(json.dumps(said + [(own / own[0]).tolist()]))
`;
    type Said = [ofConcepts: number, as: number[], half: number[], even: number[], own: number[]];
    const [ofConcepts, as, half, even, own] = JSON.parse(await python("-c", script)) as Said;
    expect(ofConcepts).toBeLessThan(1e-12); // what a concept's texts share is taken off
    own.forEach((strength, d) => {
      expect(as[d]).toBeCloseTo(strength, 5);
      expect(half[d]).toBeCloseTo(Math.sqrt(strength), 5);
      expect(even[d]).toBeCloseTo(1, 5);
    });
  }, 60_000);

  it("are refused by name where they do not belong", async () => {
    await expect(train("aligned", "none", "--vectors", at("vectors"))).rejects.toThrow(
      "toy-aligned begins with toy-raw: name its folder with --begin",
    );
    await expect(train("aligned", "raw", "--vectors", at("vectors"), "--begin", at("raw"))).rejects.toThrow(
      "is of another recipe or other texts",
    );
    const refused = (dir: string, message: string) =>
      expect(lab(ALIGNED, "--layers", dir, "--out", at("refused"))).rejects.toThrow(message);
    await refused(at("raw"), "was trained by another recipe than this toy-aligned");
    await refused(at("lists"), "training.json is missing");
    expect(existsSync(at("refused"))).toBe(false);
    const withTeacher = (dir: string) => python(path.join(HERE, "layers.py"), at("states"), dir, at("none"));
    await expect(withTeacher(otherTeacher("roberta", { model_type: "roberta" }))).rejects.toThrow(
      "a model of type roberta; layers are taken from a BERT",
    );
    await expect(withTeacher(otherTeacher("relu", { hidden_act: "relu" }))).rejects.toThrow(
      "hidden_act is relu; layers are taken where it is gelu",
    );
    const alone = `
import numpy as np
from layers import translations
from studentTexts import Texts
n = 4
translations(Texts([np.zeros(1)] * n, np.ones(n), np.array(["query"] * n), np.array(["en"] * n), np.arange(n), []), 9, 1)
`;
    await expect(python("-c", alone)).rejects.toThrow("a finish needs translations");
  }, 180_000);
});
