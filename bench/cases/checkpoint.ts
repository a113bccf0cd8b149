// A checkpoint of Multilingual-MiniLM's shape, made here: streamed in trimmed, trained a few steps, memory at its peak.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SHIPPED_MODELS } from "../../src/cli/nodeModels.ts";
import { ceiling, figure, notMeasured, type Case, type CaseResult } from "../case.ts";
import { makeCheckpoint } from "../checkpoint/makeCheckpoint.ts";
import type { CheckpointRun } from "../checkpoint/trainCheckpoint.ts";

const PROGRAM = fileURLToPath(new URL("../checkpoint/trainCheckpoint.ts", import.meta.url));
const MIB = 2 ** 20;
/** SwiftShader takes seconds for what a GPU does in milliseconds. */
const RUNS = [
  { backend: "wasm", steps: 5, rows: 32 },
  { backend: "webgpu", steps: 3, rows: 4 },
] as const;

export const checkpoint: Case = {
  name: "checkpoint",
  about:
    "a generated 12-layer, 384-wide checkpoint of 250,037 rows: loaded trimmed, trained on wasm and WebGPU",
  async run() {
    const dir = mkdtempSync(path.join(tmpdir(), "lab-checkpoint-"));
    try {
      const bytes = await makeCheckpoint(dir, path.join(SHIPPED_MODELS, "tokenizer", "tokenizer.json"));
      return RUNS.flatMap(({ backend, steps, rows }) => measure(dir, bytes, backend, steps, rows));
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
};

function measure(dir: string, bytes: number, backend: string, steps: number, rows: number): CaseResult[] {
  const name = `checkpoint/${backend}`;
  const given = ["--import", import.meta.resolve("tsx"), PROGRAM, dir, backend, String(steps), String(rows)];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: "utf8" });
  if (status !== 0) {
    const row = { name, unit: "MiB", baseline: "the file", target: "ratio <= 1" };
    return [notMeasured({ ...row, reason: stderr.trim().split("\n").at(-1) ?? "the process failed" })];
  }
  const run = JSON.parse(stdout.trim().split("\n").at(-1)!) as CheckpointRun;
  const { pieces, parameters, losses, adapter } = run;
  const note = `${adapter}; ${pieces} of 250,037 rows kept, ${(parameters / 1e6).toFixed(1)} M parameters; losses ${losses.map((loss) => loss.toFixed(3)).join(", ")}`;
  const file = { baseline: "size of model.safetensors", baselineValue: bytes / MIB, unit: "MiB", note };
  return [
    ceiling({
      name: `${name}/loaded`,
      unit: "MiB",
      value: run.loadedMiB,
      limit: bytes / MIB,
      limitName: "size of model.safetensors",
      note,
    }),
    figure({ ...file, name: `${name}/peak`, value: run.peakMiB }),
    figure({ ...file, name: `${name}/device`, value: run.deviceMiB }),
    figure({
      name: `${name}/load`,
      unit: "s",
      value: run.loadSeconds,
      baseline: "none",
      baselineValue: run.loadSeconds,
      note,
    }),
    figure({
      name: `${name}/step`,
      unit: "s",
      value: run.stepSeconds,
      baseline: "none",
      baselineValue: run.stepSeconds,
      note: `${rows} rows; ${note}`,
    }),
  ];
}
