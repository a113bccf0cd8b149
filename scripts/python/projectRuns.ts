// Runs exported as projects for tests that train them: made by the lab in a folder of the test's own, trained by Python, compared.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, vi } from "vitest";
import { buildEmbedded } from "../../src/cli/buildEmbedded.ts";
import { parseRunRecord } from "../../src/core/record/parseRunRecord.ts";
import { misfitsOf } from "../../src/core/record/misfits.ts";
import { parseRecordFile } from "../../src/core/export/recordJson.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
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
const dir = mkdtempSync(path.join(tmpdir(), "lab-project-"));
export const at = (...names: string[]) => path.join(dir, ...names);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Each run of `runs` (name -> fields beside the shared ones) as NAME.json, NAME-model and the project NAME. */
export async function makeProjects(runs: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [name, fields] of Object.entries(runs)) {
    const set = [...SHARED, ...fields].flatMap((field) => ["--set", field]);
    await lab("run", "preset:hybrid", ...set, "--out", at(`${name}.json`), "--save", at(`${name}-model`));
    await lab("export", at(`${name}.json`), "--to", "project", "--out", at(name));
  }
}

/** A home of the test's own, before anything is made in it. */
export async function openHome(): Promise<void> {
  vi.stubEnv("LAB_HOME", at("home"));
  await buildEmbedded();
}

/** What the command prints, which has to end well. */
export async function lab(...args: string[]): Promise<string> {
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
export const quiet = () => ({
  ...process.env,
  HF_HUB_OFFLINE: "1",
  TOKENIZERS_PARALLELISM: "false",
  OMP_NUM_THREADS: "1",
  CUDA_VISIBLE_DEVICES: "", // as on a machine without a GPU, where nobody says --cpu
});

export async function python(
  launcher: keyof typeof LAUNCHERS,
  script: string,
  ...args: string[]
): Promise<string> {
  const child = spawn(PYTHON, ["-X", "utf8", ...LAUNCHERS[launcher], script, ...args], { env: quiet() });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(code, err.slice(-3000)).toBe(0);
  return out;
}

export const train = (name: string, launcher: keyof typeof LAUNCHERS, out: string, ...more: string[]) =>
  python(launcher, at(name, "train.py"), "--out", at(out), ...more);

export const recordAt = (...names: string[]): RunRecord =>
  parseRunRecord(JSON.parse(readFileSync(at(...names), "utf8")), "the record");

export const losses = ({ points }: RunRecord) =>
  points
    .filter(({ metric }) => metric.startsWith("loss/"))
    .map(({ step, metric, value }) => ({ step, metric, value }));

/** Losses within 1e-4, batches the same, the record whole, weights within 1e-3. */
export async function agrees(name: string, out: string): Promise<void> {
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

type Row = [kind: string, query: string, ...passages: string[]];

/** The rows that the processes print are the lab's batches, in order: rank 0's part, then rank 1's. @returns the kinds of rows seen */
export async function partsAreBatches(name: string, said: string): Promise<Set<string>> {
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
