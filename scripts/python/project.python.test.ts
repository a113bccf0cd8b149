// A run as `lab export --to project` writes it, trained by sentence-transformers on one process and on two: the lab's losses, numbers
// and weights come out, and its record reads back.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildEmbedded } from "../../src/cli/buildEmbedded.ts";
import { parseRunRecord } from "../../src/core/record/parseRunRecord.ts";
import { misfitsOf } from "../../src/core/record/misfits.ts";
import { parseRecordFile } from "../../src/core/export/recordJson.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { sentenceFolder, TINY_XLM_R } from "../../src/testing/checkpoints/checkpointFolder.ts";
import { callLab } from "../../src/testing/labCall.ts";
import { PYTHON } from "./environment.mjs";
import { judge } from "./judge.ts";

const STEPS = 20;
const SHARED = [
  "languages.train=cy,en",
  "languages.heldOut=none",
  "batch.size=15", // odd: two processes have parts of different sizes
  `steps=${STEPS}`,
  "evalEvery=10",
  "compute.backend=wasm",
];
/** Everything that a loss can have: kinds in one batch, several right answers, weights of kinds, clipping. */
const MIXED = [
  "batch.unit=row",
  "batch.ratio=mono:0.3,cross:0.3,multi:0.3,mixedMono:0.1",
  "loss.weights=mono:0.5,cross:1,multi:2,mixedMono:1",
  "optimizer.clipNorm=0.5",
];
const RUNS: Record<string, readonly string[]> = {
  bag: [],
  rows: [
    ...MIXED,
    "encoder.id=random",
    "encoder.layers=1",
    "encoder.width=32",
    "optimizer.learningRate=0.001",
  ],
  xlmr: [
    "encoder.id=local:xlmr",
    "batch.ratio=multi:1",
    "encoder.maxTokens=16",
    "optimizer.learningRate=0.001",
  ],
  moving: ["batch.schedule=exp3", "rule.every=2", "languages.perBatch=2"],
};

const dir = mkdtempSync(path.join(tmpdir(), "lab-project-"));
const at = (...names: string[]) => path.join(dir, ...names);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

async function lab(...args: string[]): Promise<string> {
  const { code, out, err } = await callLab(...args, "--quiet");
  expect(code, err).toBe(0);
  return out;
}

const LAUNCHERS = {
  one: [],
  alone: ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "1"], // as a scheduler's array starts a run
  torchrun: ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"],
  accelerate: [
    "-m",
    "accelerate.commands.launch",
    "--num_processes",
    "2",
    "--multi_gpu", // of which there are none here: its way to start processes; --cpu alone starts one
    "--num_machines",
    "1",
    "--mixed_precision",
    "no",
    "--dynamo_backend",
    "no",
    "--main_process_port",
    "0",
  ],
} as const;

/** One thread a process; what would be fetched has to be on this disk. */
const quiet = () => ({
  ...process.env,
  HF_HUB_OFFLINE: "1",
  TOKENIZERS_PARALLELISM: "false",
  OMP_NUM_THREADS: "1",
  CUDA_VISIBLE_DEVICES: "", // as on a machine without a GPU, where nobody says --cpu
});

async function python(launcher: keyof typeof LAUNCHERS, script: string, ...args: string[]): Promise<string> {
  const child = spawn(PYTHON, ["-X", "utf8", ...LAUNCHERS[launcher], script, ...args], { env: quiet() });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(code, err.slice(-3000)).toBe(0);
  return out;
}

const train = (name: string, launcher: keyof typeof LAUNCHERS, out: string, ...more: string[]) =>
  python(launcher, at(name, "train.py"), "--out", at(out), ...more);

const recordAt = (...names: string[]): RunRecord =>
  parseRunRecord(JSON.parse(readFileSync(at(...names), "utf8")), "the record");

const losses = ({ points }: RunRecord) =>
  points
    .filter(({ metric }) => metric.startsWith("loss/"))
    .map(({ step, metric, value }) => ({ step, metric, value }));

/** Losses within 1e-4, batches the same, the record whole, weights within 1e-3. */
async function agrees(name: string, out: string): Promise<void> {
  const [ours, theirs] = [recordAt(`${name}.json`), recordAt(out, "run.json")];
  const [own, found] = [losses(ours), losses(theirs)];
  expect(found.map(({ step, metric }) => [step, metric])).toEqual(
    own.map(({ step, metric }) => [step, metric]),
  );
  for (const [i, { value, step }] of own.entries()) {
    expect(Math.abs(found[i]!.value - value), `loss at step ${step}`).toBeLessThan(1e-4);
  }
  expect(theirs.realised).toEqual(ours.realised);
  const file = parseRecordFile(JSON.parse(readFileSync(at(out, "run.json"), "utf8")), "the record");
  expect(misfitsOf(file)).toEqual([]);
  const { gaps } = await judge<{ gaps: Record<string, number> }>("weightGap.py", {
    a: at(`${name}-model`),
    b: at(out, "model"),
  });
  expect(Object.keys(gaps).length).toBeGreaterThan(0);
  for (const [tensor, gap] of Object.entries(gaps)) {
    // What a key's bias adds to all scores of a place changes no attention: its gradient is rounding, which AdamW scales up.
    if (!tensor.endsWith("key.bias")) expect(gap, tensor).toBeLessThan(1e-3);
  }
}

/** Points of evaluations, those of the first with the very weights of the lab. */
function measuresAlike(name: string, out: string, tolerance: number): void {
  const [ours, theirs] = [recordAt(`${name}.json`), recordAt(out, "run.json")];
  const measured = ({ points }: RunRecord) =>
    points.filter(({ metric }) => !/^(loss|perf|mix|weight)\//.test(metric));
  const [own, found] = [measured(ours), measured(theirs)];
  expect(found.map(({ value: _, ...rest }) => rest)).toEqual(own.map(({ value: _, ...rest }) => rest));
  for (const [i, point] of own.entries()) {
    const slack = point.step === 0 ? 1e-6 : tolerance;
    const scale = Math.max(1, Math.abs(point.value));
    expect(Math.abs(found[i]!.value - point.value) / scale, JSON.stringify(point)).toBeLessThanOrEqual(slack);
  }
}

beforeAll(async () => {
  vi.stubEnv("LAB_HOME", at("home"));
  await buildEmbedded();
  const tokenizer = JSON.parse(readFileSync("public/models/tokenizer/tokenizer.json", "utf8")) as object;
  const shape = { ...TINY_XLM_R, hidden_size: 32, intermediate_size: 64 };
  const padded = { tokenizer_class: "PreTrainedTokenizerFast", pad_token: "<pad>", unk_token: "<unk>" };
  const start = { ...sentenceFolder(shape, tokenizer, 24_000), "tokenizer_config.json": padded };
  for (const [name, content] of Object.entries(start)) {
    mkdirSync(path.dirname(at("xlmr-start", name)), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(at("xlmr-start", name), isText ? content : JSON.stringify(content));
  }
  await lab("model", "add", "xlmr", "--from", at("xlmr-start"));
  for (const [name, fields] of Object.entries(RUNS)) {
    const set = [...SHARED, ...fields].flatMap((field) => ["--set", field]);
    await lab("run", "preset:hybrid", ...set, "--out", at(`${name}.json`), "--save", at(`${name}-model`));
    await lab("export", at(`${name}.json`), "--to", "project", "--out", at(name));
  }
}, 240_000);

describe("a project trains as the lab does", { timeout: 600_000 }, () => {
  it("from a bag's start weights, on one process and on two", async () => {
    await train("bag", "one", "bag-1");
    await agrees("bag", "bag-1");
    measuresAlike("bag", "bag-1", 1e-3);
    const said = await train("bag", "torchrun", "bag-2", "--print-rows");
    await agrees("bag", "bag-2");
    measuresAlike("bag", "bag-2", 1e-3);
    expect(recordAt("bag-2", "run.json").engine).toMatchObject({
      ranks: 2,
      negatives: "all ranks",
      optimizer: "lab",
    });
    expect(await partsAreBatches("bag", said)).toEqual(new Set(["mono", "cross"]));
  });

  it("and is measured alike by sentence-transformers', trec_eval's and mteb's own evaluators", async () => {
    const judged = JSON.parse(await python("one", at("bag", "judges.py"), at("bag-1", "model"))) as Judged;
    const { perLanguage } = recordAt("bag-1", "run.json").final;
    for (const [lang, { values }] of Object.entries(perLanguage)) {
      expect(judged[`mono.${lang}`]!["lab"]!["map"]).toBeCloseTo(values["map/mono"]!, 6);
      expect(judged[`multi.${lang}`]!["lab"]!["map"]).toBeCloseTo(values["map/multi"]!, 6);
    }
    expect(Object.keys(judged).length).toBe(2 * Object.keys(perLanguage).length);
    for (const [where, { lab: right, ...others }] of Object.entries(judged)) {
      expect(Object.keys(others)).toEqual(["sentence-transformers", "trec_eval", "mteb"]);
      for (const [name, means] of Object.entries(others))
        for (const [measure, value] of Object.entries(means))
          expect(Math.abs(value - right![measure]!), `${where} ${name} ${measure}`).toBeLessThan(1e-4);
    }
  });

  it("with kinds in one batch, several right answers, weights and clipping", async () => {
    const said = await train("rows", "accelerate", "rows-2", "--print-rows");
    await agrees("rows", "rows-2");
    expect(await partsAreBatches("rows", said)).toEqual(new Set(["mono", "cross", "multi", "mixedMono"]));
    expect(recordAt("rows-2", "run.json").engine).toMatchObject({ ranks: 2 });
  });

  it("from XLM-R's kind of weights, from the project and by name", async () => {
    const said = await train("xlmr", "torchrun", "xlmr-2", "--print-rows");
    await agrees("xlmr", "xlmr-2");
    expect(await partsAreBatches("xlmr", said)).toEqual(new Set(["multi"]));
    await train("xlmr", "one", "xlmr-1", "--encoder", at("xlmr-start"));
    const [own, found] = [losses(recordAt("xlmr.json")), losses(recordAt("xlmr-1", "run.json"))];
    for (const [i, { value }] of own.entries()) expect(Math.abs(found[i]!.value - value)).toBeLessThan(1e-4);
  });

  it("from published encoders by name, here look-alikes of their architecture", async () => {
    mkdirSync(at("hub"));
    const told = await judge<Record<string, Published>>("projectEncoders.py", {
      project: at("bag"),
      cache: at("hub"),
    });
    const mean = { pooling: "mean", prefixes: { query: "", passage: "" } };
    const e5 = { pooling: "mean", prefixes: { query: "query: ", passage: "passage: " }, published: 512 };
    const right: Record<string, object> = {
      "FacebookAI/xlm-roberta-base": { ...mean, published: 512 },
      "sentence-transformers/LaBSE": { ...mean, pooling: "cls", published: 256 },
      "intfloat/multilingual-e5-small": e5,
      "intfloat/multilingual-e5-base": e5,
      "jhu-clsp/mmBERT-base": { ...mean, published: 8192 },
      "jhu-clsp/mmBERT-small": { ...mean, published: 8192 },
    };
    expect(Object.keys(told).sort()).toEqual(Object.keys(right).sort());
    const bound = recordAt("bag.json").spec.encoder.maxTokens;
    for (const [name, one] of Object.entries(told)) {
      expect(one, name).toMatchObject({ ...right[name], id: `hf:${name}` });
      expect(one.pieces, name).toBe(Math.min(bound, one.published));
      expect(one.modules.includes("Dense"), name).toBe(name.endsWith("LaBSE"));
      expect(one.tables, name).toEqual([[200, 16]]); // its pieces' vectors, which move lazily
      expect(one.moved, name).toBeGreaterThan(0);
      expect(one.recomputing, name).toBe(2); // layers
      expect(one.recomputed, name).toBeLessThan(1e-6); // no dropout there, either
      expect(one.reopened, name).toEqual(one.prefixes);
      expect(Math.abs(one.bf16 / one.no - 1), name).toBeLessThan(0.02); // eight bits of each activation
    }
  });

  it("along what a rule decided", async () => {
    expect(recordAt("moving.json").trajectory!.length).toBeGreaterThan(1);
    await train("moving", "one", "moving-1");
    await agrees("moving", "moving-1");
    expect(recordAt("moving-1", "run.json").trajectory).toEqual(recordAt("moving.json").trajectory);
  });

  it("goes on from its checkpoint after a kill, to the same record", async () => {
    const words = ["--cpu", "--out", at("bag-cut"), "--checkpoint-every", "5"];
    const child = spawn(PYTHON, ["-X", "utf8", at("bag", "train.py"), ...words], { env: quiet() });
    for await (const part of child.stdout) if (/^step 8 /m.test(String(part))) child.kill("SIGKILL");
    const other = { project: at("bag"), asked: [["--cpu", "--out", at("bag-cut"), "--lr", "0.5"]] };
    expect(await judge<string[]>("projectRefusals.py", other)).toEqual([
      expect.stringMatching(/checkpoint\.pt is of another run: spec\.optimizer\.learningRate differ;/),
    ]);
    const said = await train("bag", "alone", "bag-cut");
    expect(said).toContain("goes on from step 5");
    const [whole, cut] = ["bag-1", "bag-cut"].map((out) => recordAt(out, "run.json"));
    expect(cut!.points).toEqual(whole!.points);
    expect(cut!.digest).toBe(whole!.digest);
  });

  it("is asked nothing that it would do otherwise or not at all", async () => {
    const kept = at("bag-1");
    const cases: Record<string, [asked: string[], said: RegExp]> = {
      bag: [
        ["--gradient-checkpointing"],
        /^--gradient-checkpointing and --precision are about .* leave them out$/,
      ],
      rounded: [["--precision", "bf16"], /^--gradient-checkpointing and --precision are about/],
      rate: [["--lr", "0"], /^argument --lr: 0 is no learning rate above 0$/],
      steps: [["--steps", "0"], /^argument --steps: '0' is no whole number from 1$/],
      run: [["cross.1"], /^this project is of one run; name none$/],
      other: [["--out", kept, "--lr", "0.5", "--optimizer", "torch"], /run\.json is of another run: spec\.optimizer\.learningRate, engine\.optimizer differ; name another folder/], // prettier-ignore
      shorter: [["--out", kept, "--steps", "7"], /is of another run: stoppedAt differ/],
      same: [["--out", kept], /^record \S+run\.json is there already$/],
    };
    const asked = Object.values(cases).map(([words]) => ["--cpu", ...words]);
    const told = await judge<string[]>("projectRefusals.py", { project: at("bag"), asked });
    Object.entries(cases).forEach(([name, [, said]], i) => expect(told[i], name).toMatch(said));
  });

  it("has the gradients of one process on two, and other ones where negatives are not shared", async () => {
    const script = fileURLToPath(new URL("projectGradients.py", import.meta.url));
    await python("one", script, at("rows"), at("one.pt"));
    await python("torchrun", script, at("rows"), at("two.pt"));
    const gaps = await judge<Record<string, number>>("gradientGap.py", {
      one: at("one.pt"),
      two: at("two.pt"),
    });
    expect(gaps["ranks"]).toBeLessThan(1e-5);
    expect(gaps["chunks"]).toBeLessThan(1e-5);
    expect(gaps["chunksOfRanks"]).toBeLessThan(1e-5);
    expect(gaps["own"]).toBeGreaterThan(0.05);
  });
});

interface Published {
  readonly pieces: number;
  readonly published: number;
  readonly modules: readonly string[];
  readonly tables: readonly (readonly number[])[];
  readonly moved: number; // of that table, in one step
  readonly recomputing: number; // layers by --gradient-checkpointing
  readonly recomputed: number; // how far the gradient is off then, of its length
  readonly prefixes: Readonly<Record<string, string>>;
  readonly reopened: Readonly<Record<string, string>>; // prefixes of what it saves
  readonly no: number; // loss of the step in float32
  readonly bf16: number;
}

/** "mono.cy" -> who judged -> measure -> mean over questions. */
type Judged = Record<string, Record<string, Record<string, number>>>;

type Row = [kind: string, query: string, ...passages: string[]];

/** The rows that the processes print are the lab's batches, in order: rank 0's part, then rank 1's. @returns the kinds of rows seen */
async function partsAreBatches(name: string, said: string): Promise<Set<string>> {
  const ids = await judge<Record<"queries" | "passages", string[]>>("projectIds.py", { project: at(name) });
  const parts = new Map<string, Row[]>();
  for (const [, rank, step, text] of said.matchAll(/rank (\d) step (\d+) rows (\[\[.*?\]\])/g)) {
    const rows = JSON.parse(text!) as [string, number, ...number[]][];
    const named = rows.map(([kind, query, ...own]): Row => [
      kind,
      ids.queries[query]!,
      ...own.map((p) => ids.passages[p]!),
    ]);
    parts.set(`${step} ${rank}`, named);
  }
  const kinds = new Set<string>();
  for (const line of (await lab("plan", at(`${name}.json`))).split("\n")) {
    const { step, rows } = JSON.parse(line) as PlanLine;
    const right = rows.map(({ kind, query, passages }): Row => [
      kind,
      query.id,
      ...passages.map(({ id }) => id),
    ]);
    const [first, second] = [parts.get(`${step} 0`)!, parts.get(`${step} 1`)!];
    expect([first.length, second.length], `step ${step}`).toEqual([8, 7]); // of 15 rows
    expect([...first, ...second], `step ${step}`).toEqual(right);
    for (const [kind] of right) kinds.add(kind);
  }
  return kinds;
}

interface PlanLine {
  readonly step: number;
  readonly rows: readonly {
    readonly kind: string;
    readonly query: { readonly id: string };
    readonly passages: readonly { readonly id: string }[];
  }[];
}
