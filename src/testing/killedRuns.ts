// Runs of the command line in processes of their own that are killed at random moments and gone on with, for tests.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRandom, type Random } from "../core/random.ts";

const ENTRY = fileURLToPath(new URL("../cli/lab.ts", import.meta.url));

export interface Ended {
  readonly code: number | null; // null: killed
  readonly out: string;
  readonly err: string;
}

type Kill = (signal: NodeJS.Signals) => void;

/** As `npm run lab` has it: a process that starts the one above. */
export const STARTER = fileURLToPath(new URL("../../scripts/lab.mjs", import.meta.url));

/** @param watch called at the start and whenever the process has said more on stderr, with all it has said */
export function labProcess(
  args: readonly string[],
  cwd: string,
  watch: (kill: Kill, err: string) => void = () => undefined,
  entry = ENTRY,
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), entry, ...args], { cwd });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  const kill: Kill = (signal) => child.kill(signal);
  child.stderr.on("data", (text: Buffer) => {
    err += text.toString();
    watch(kill, err);
  });
  watch(kill, err);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const stepsIn = (dir: string): number[] =>
  existsSync(dir)
    ? readdirSync(dir)
        .flatMap((name) => /^step-(\d+)$/.exec(name)?.[1] ?? [])
        .map(Number)
    : [];

interface KillOptions {
  readonly cwd: string;
  readonly out: string;
  readonly kills: number;
  readonly seed: number;
  readonly withinMs?: number; // after a new snapshot: less than the run has left on a fast machine
}

/**
 * Starts `run`, kills it at a random moment of the 300 ms after its first new snapshot appears, goes on with `--resume`, and
 * so `kills` times before it is let run to its end.
 *
 * @param args of `run` without `--resume`; its record is `out` in `cwd`
 * @returns the last process, and the steps after which the others were killed
 */
export async function killAndResume(
  args: readonly string[],
  { cwd, out, kills, seed, withinMs = 300 }: KillOptions,
): Promise<{ readonly ended: Ended; readonly killedAfter: readonly number[] }> {
  const random: Random = createRandom(seed).fork("kills");
  const dir = path.join(cwd, `${out}.snapshots`);
  const killedAfter: number[] = [];
  for (let round = 0; round < kills; round++) {
    const before = Math.max(0, ...stepsIn(dir));
    let timer: ReturnType<typeof setInterval> | undefined;
    const { code, err } = await labProcess([...args, "--resume", out], cwd, (kill) => {
      timer ??= setInterval(() => {
        if (Math.max(0, ...stepsIn(dir)) <= before) return;
        clearInterval(timer);
        setTimeout(() => kill("SIGKILL"), random.int(withinMs));
      }, 5);
    });
    clearInterval(timer);
    if (code !== null) throw new Error(`the run ended with ${code} before it was killed:\n${err}`);
    killedAfter.push(Math.max(0, ...stepsIn(dir)));
  }
  return { ended: await labProcess([...args, "--resume", out], cwd), killedAfter };
}
