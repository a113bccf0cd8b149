// What a project's scripts start, with a scheduler and torch that only tell how they were called; shellcheck, where it is installed.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runScript, slurmScript } from "./projectText.ts";
import { studyRunScript, studySlurmScript } from "./studyProjectText.ts";

const dir = mkdtempSync(path.join(tmpdir(), "lab-scripts-"));
const at = (...names: string[]) => path.join(dir, ...names);
afterAll(() => rmSync(dir, { recursive: true }));

const SCRIPTS = {
  "run.sh": runScript,
  "slurm.sh": slurmScript("hybrid"),
  "all.sh": studyRunScript,
  "array.sh": studySlurmScript("shares", 3),
};
const STUBS = {
  srun: 'echo "$SRUN_CPUS_PER_TASK CPUs: $*"',
  scontrol: "printf 'n7\\nn8\\n'",
  torchrun: 'echo "torchrun $*"',
  python: "echo 3", // GPUs
};

beforeAll(() => {
  for (const [name, text] of Object.entries(SCRIPTS)) writeFileSync(at(name), text);
  for (const [name, text] of Object.entries(STUBS)) {
    writeFileSync(at(name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(at(name), 0o755);
  }
  writeFileSync(at("runs.txt"), "mono.1\nmono.2\ncross.1\n");
});

function said(script: keyof typeof SCRIPTS, words: readonly string[], env: Record<string, string> = {}) {
  const own = { PATH: `${dir}:${process.env["PATH"]}`, ...env };
  const { status, stdout, stderr } = spawnSync("bash", [at(script), ...words], {
    encoding: "utf8",
    cwd: dir,
    env: own,
  });
  expect(status, stderr).toBe(0);
  return stdout.trimEnd().split("\n");
}

const JOB = { SLURM_SUBMIT_DIR: dir, SLURM_GPUS_ON_NODE: "4", SLURM_CPUS_PER_TASK: "16" };

it("slurm.sh starts one torchrun a node, which meet at the first node, at a port of the job's own", () => {
  const env = { ...JOB, SLURM_NNODES: "2", SLURM_JOB_NODELIST: "n[7-8]", SLURM_JOB_ID: "41234" };
  expect(said("slurm.sh", ["--precision", "bf16"], env)).toEqual([
    "16 CPUs: torchrun --nnodes 2 --nproc_per_node 4 --rdzv_id 41234 --rdzv_backend c10d --rdzv_endpoint n7:11234 train.py --precision bf16",
  ]);
});

it("a study's slurm.sh is an array of its runs, each task one of them", () => {
  expect(SCRIPTS["array.sh"]).toContain("#SBATCH --array=1-3\n");
  expect(said("array.sh", [], { ...JOB, SLURM_ARRAY_TASK_ID: "3" })).toEqual([
    "torchrun --standalone --nproc_per_node 4 train.py cross.1",
  ]);
});

it("run.sh takes all GPUs, or as many processes as it is told", () => {
  expect(said("run.sh", [])).toEqual(["torchrun --standalone --nproc_per_node 3 train.py"]);
  expect(said("run.sh", ["2", "--lr", "3e-5"])).toEqual([
    "torchrun --standalone --nproc_per_node 2 train.py --lr 3e-5",
  ]);
  expect(said("all.sh", ["2"])).toEqual(
    ["mono.1", "mono.2", "cross.1"].map((run) => `torchrun --standalone --nproc_per_node 2 train.py ${run}`),
  );
});

const checker = spawnSync("shellcheck", ["--version"]);
it.skipIf(checker.error)("shellcheck finds nothing in them", () => {
  const { status, stdout } = spawnSync("shellcheck", Object.keys(SCRIPTS).map((name) => at(name)), { encoding: "utf8" }); // prettier-ignore
  expect(status, stdout).toBe(0);
});
