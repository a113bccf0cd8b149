// Runs of the command line with a teacher of another width, other pieces and prompts of its own: read once, kept, listed,
// removed; and folders that cannot teach, refused before anything is written.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseRecordFile } from "../core/export/recordJson.ts";
import {
  latinWordPiece,
  sentenceFolder,
  TINY_BERT,
  type FolderFiles,
} from "../testing/checkpoints/checkpointFolder.ts";
import { killAndResume } from "../testing/killedRuns.ts";
import { callLab } from "../testing/labCall.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
const file = (...names: string[]) => path.join(dir, ...names);
const SHAPE = { ...TINY_BERT, hidden_size: 12, intermediate_size: 20 };
const folder = (): FolderFiles => sentenceFolder(SHAPE, latinWordPiece(), 84);

/** Puts a folder where `lab model add` would, which refuses bad ones itself. */
async function put(name: string, files: FolderFiles): Promise<void> {
  for (const [at, content] of Object.entries(files)) {
    const to = file("home", "models", name, at);
    await mkdir(path.dirname(to), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(to, content instanceof Uint8Array ? content : text);
  }
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-teacher-"));
  await buildEmbedded();
  vi.stubEnv("LAB_HOME", file("home"));
  await put("wide", folder());
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

const settings = (teacher: string) =>
  [
    "languages.train=en,de",
    "languages.heldOut=none",
    "encoder.id=random",
    "encoder.width=16",
    "batch.size=16",
    "steps=12",
    "evalEvery=6",
    "compute.backend=wasm",
    "loss.distillation=scores",
    "loss.distillationWeight=0.5",
    `loss.teacher=local:${teacher}`,
  ].flatMap((setting) => ["--set", setting]);
const RUN = ["run", "preset:hybrid", ...settings("wide")];

const recordOf = async (name: string) =>
  parseRecordFile(JSON.parse(await readFile(file(name), "utf8")), name).record;
/** Files of the lab's home, by their path. */
const allFiles = async () =>
  (await readdir(file("home"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

describe("a teacher of another width and other pieces", () => {
  it("gives the same bits read anew, from what is kept, replayed, resumed and on a branch", async () => {
    expect(await callLab(...RUN, "--out", file("first.json"), "--quiet")).toMatchObject({ code: 0 });
    const first = await recordOf("first.json");
    expect(first.environment.teacherSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(first.points.some(({ metric }) => metric === "distillation/correlation")).toBe(true);
    const [kept] = (await allFiles()).filter((name) => name.endsWith("vectors.part"));
    const bytes = await readFile(kept!);
    expect(bytes.length).toBeGreaterThan(300 * 12 * 4); // the pool's passages alone are more than 300

    expect(await callLab(...RUN, "--out", file("second.json"), "--quiet")).toMatchObject({ code: 0 });
    expect((await recordOf("second.json")).digest).toBe(first.digest);
    expect((await readFile(kept!)).equals(bytes)).toBe(true); // nothing was read again

    expect(await callLab("replay", file("first.json"), "--quiet")).toMatchObject({
      code: 0,
      out: `repeated\tdigest ${first.digest}`,
    });

    const branch = [
      "run",
      "--from",
      file("first.json"),
      "--at",
      "6",
      "--set",
      "batch.ratio=cross:1",
      "--quiet",
    ];
    expect(await callLab(...branch, "--out", file("branch.json"))).toMatchObject({ code: 0 });
    expect(await callLab("replay", file("branch.json"), "--quiet")).toMatchObject({ code: 0 });

    const long = [...RUN, "--set", "steps=120", "--quiet"];
    expect(await callLab(...long, "--out", file("long.json"))).toMatchObject({ code: 0 });
    const args = [...long, "--checkpoint-every", "5", "--out", "killed.json"];
    const kill = { cwd: dir, out: "killed.json", kills: 1, seed: 1, withinMs: 60 };
    const { ended } = await killAndResume(args, kill);
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect((await recordOf("killed.json")).digest).toBe((await recordOf("long.json")).digest);
  }, 120_000);

  it("has its vectors listed, and removed by their name", async () => {
    const line = (await callLab("model", "list")).out.split("\n").find((one) => one.startsWith("vectors:"));
    const [id] = line!.split("\t");
    expect(id).toMatch(/^vectors:local:wide#[0-9a-f]{12}$/);
    expect(await callLab("model", "remove", id!)).toMatchObject({ code: 0 });
    expect((await allFiles()).filter((name) => name.includes("vectors"))).toEqual([]);
    expect(await callLab("model", "remove", id!)).toMatchObject({ code: 2 });
  });
});

describe("a folder that cannot teach", () => {
  const { "config.json": config, "model.safetensors": weights, ...rest } = folder();
  const whole = { ...rest, "config.json": config!, "model.safetensors": weights! };
  const bytes = weights as Uint8Array<ArrayBuffer>;
  it.each<[string, FolderFiles, RegExp]>([
    [
      "of another architecture",
      { ...whole, "config.json": { ...(config as object), model_type: "gpt2" } },
      /gpt2/,
    ],
    ["without its config", { ...rest, "model.safetensors": bytes }, /config\.json/],
    ["without weights", { ...rest, "config.json": config! }, /model\.safetensors/],
    ["without a tokenizer", { ...whole, "tokenizer.json": "" }, /tokenizer\.json/],
    ["with weights cut short", { ...whole, "model.safetensors": bytes.slice(0, -100) }, /model\.safetensors/],
    [
      "with weights cut in the header",
      { ...whole, "model.safetensors": bytes.slice(0, 40) },
      /model\.safetensors/,
    ],
    [
      "with a default prompt that it lacks",
      { ...whole, "config_sentence_transformers.json": { prompts: {}, default_prompt_name: "retrieval" } },
      /default_prompt_name is "retrieval", which prompts does not hold/,
    ],
  ])("%s is refused in one sentence by name", async (what, files, said) => {
    const name = what.replaceAll(" ", "-");
    await put(name, files);
    const before = await allFiles();
    const args = ["run", "preset:hybrid", ...settings(name), "--out", file("none.json"), "--quiet"];
    const { code, out, err } = await callLab(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(said);
    expect(err).toContain(name);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(await allFiles()).toEqual(before);
    expect(await readdir(dir)).not.toContain("none.json");
  });
});
