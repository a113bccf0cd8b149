// A run as `lab export --to project` writes it, trained by sentence-transformers on one process and on two: the lab's losses, numbers
// and weights come out, and its record reads back.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { PYTHON } from "./environment.mjs";
import { judge } from "./judge.ts";
import {
  at,
  quiet,
  python,
  train,
  recordAt,
  agrees,
  partsAreBatches,
  openHome,
  makeProjects,
} from "./projectRuns.ts";

const RUNS = {
  bag: [],
  moving: ["batch.schedule=exp3", "rule.every=2", "languages.perBatch=2"],
};

/**
 * Points of evaluations, those of the first with the very weights of the lab. Passages of the same pieces in another order have
 * equal scores but for rounding: of two such ones at the end of the first ten, another may count.
 */
function measuresAlike(name: string, out: string, tolerance: number): void {
  const [ours, theirs] = [recordAt(`${name}.json`), recordAt(out, "run.json")];
  const measured = ({ points }: RunRecord) =>
    points.filter(({ metric }) => !/^(loss|perf|mix|weight)\//.test(metric));
  const [own, found] = [measured(ours), measured(theirs)];
  expect(found.map(({ value: _, ...rest }) => rest)).toEqual(own.map(({ value: _, ...rest }) => rest));
  for (const [i, point] of own.entries()) {
    const slack = point.step === 0 && point.metric !== "sameLanguageShare" ? 1e-6 : tolerance;
    const scale = Math.max(1, Math.abs(point.value));
    expect(Math.abs(found[i]!.value - point.value) / scale, JSON.stringify(point)).toBeLessThanOrEqual(slack);
  }
}

beforeAll(async () => {
  await openHome();
  await makeProjects(RUNS);
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
