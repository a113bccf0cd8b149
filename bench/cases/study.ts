// The triangle at classroom size, ten cells with three seeds, as `lab sweep` runs it on all cores: wall time, and CPU seconds a
// run against those of training and its last evaluation alone.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createKeptPorts } from "../../src/cli/keptPorts.ts";
import { writtenStudy } from "../../src/core/study/parseStudy.ts";
import { builtInStudy } from "../../src/core/study/studies.ts";
import { studyRuns } from "../../src/core/study/studyRuns.ts";
import { withPath, type ExperimentSpec } from "../../src/core/spec/spec.ts";
import { runExperiment } from "../../src/training/run/runExperiment.ts";
import { atMost, ceiling, type Case } from "../case.ts";

const WALL_S = 150;
const LAB = fileURLToPath(new URL("../../src/cli/lab.ts", import.meta.url));

const whole = builtInStudy("triangle", "classroom");
const triangle = {
  ...whole,
  seeds: [1, 2, 3],
  spec: withPath(whole.spec, "compute.backend", "wasm"),
};

export const study: Case = {
  name: "study",
  about: "the triangle at classroom size, 10 cells x 3 seeds, by lab sweep on all cores",
  async run() {
    const runs = studyRuns(triangle);
    const alone = await alonePerRun(runs.slice(0, triangle.cells.length).map(({ spec }) => spec));
    const { wall, cpu } = sweep();
    const note = `${runs.length} runs; all processes, from start to summary`;
    return [
      ceiling({ name: "study/wall", unit: "s", value: wall, limit: WALL_S, limitName: "2.5 minutes", note }),
      atMost({
        name: "study/cpu",
        unit: "CPU s a run",
        value: cpu / runs.length,
        baseline: "training and the last evaluation of the ten cells alone, one thread",
        baselineValue: alone,
        most: 1.15,
        note,
      }),
    ];
  },
};

/** CPU seconds of training and the last evaluation, a mean over the cells; with one thread, all that is loaded left out. */
async function alonePerRun(specs: readonly ExperimentSpec[]): Promise<number> {
  process.env["LAB_THREADS"] = "1";
  const { ports, beginRun } = createKeptPorts();
  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
  let total = 0;
  let isLoaded = false; // the first run loads, and is made once more
  for (const spec of [specs[0]!, ...specs]) {
    let began: NodeJS.CpuUsage | undefined;
    beginRun();
    const control = {
      gate: breathe,
      trainGate() {
        began ??= process.cpuUsage();
        return breathe();
      },
      stopped: false,
      paused: false,
    };
    let dispose = () => undefined as void;
    const events = runExperiment(spec, ports, control, ({ model }) => (dispose = () => model.dispose()));
    for await (const _ of events); // to its end
    const spent = process.cpuUsage(began);
    dispose();
    if (isLoaded) total += (spent.user + spent.system) / 1e6;
    isLoaded = true;
  }
  return total / specs.length;
}

function sweep(): { readonly wall: number; readonly cpu: number } {
  const dir = mkdtempSync(path.join(tmpdir(), "lab-study-"));
  try {
    writeFileSync(path.join(dir, "study.json"), JSON.stringify(writtenStudy(triangle)));
    const command = `"$1" --import tsx "$2" sweep "$3/study.json" --out "$3/out" --yes --quiet; echo "code $?"; times`;
    const began = performance.now();
    const { stdout } = spawnSync("bash", ["-c", command, "bash", process.execPath, LAB, dir], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    const wall = (performance.now() - began) / 1000;
    if (!stdout.includes("code 0")) throw new Error(`the sweep failed: ${stdout}`);
    const ofChildren = stdout.trimEnd().split("\n").at(-1)!; // "1m2.345s 0m1.234s"
    const cpu = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
      0,
    );
    return { wall, cpu };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
