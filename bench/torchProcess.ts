// Runs a PyTorch baseline in a process of its own, one round at a time, so that it can take turns with the engine.
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const NO_TORCH = "python3 with torch not found";

export interface TorchRound {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly loss?: number;
  readonly matmulMs?: number;
}

export interface TorchProcess {
  /** One round; the child does nothing between rounds. Rejects with its error output if it ended. */
  round(): Promise<TorchRound>;
  end(): void;
}

let found: { python: string; version: string } | null | undefined;

/** A python3 that imports torch, or null. Looked for once: environment variable BENCH_PYTHON, the PATH, /usr/bin. */
export function findTorch(): { python: string; version: string } | null {
  if (found !== undefined) return found;
  const print =
    "import torch; print(torch.__version__, 'OpenBLAS' if 'openblas' in open('/proc/self/maps').read() else '')";
  for (const python of [process.env["BENCH_PYTHON"], "python3", "/usr/bin/python3"]) {
    if (!python) continue;
    const { status, stdout } = spawnSync(python, ["-c", print], { encoding: "utf8" });
    if (status === 0) return (found = { python, version: `PyTorch ${stdout.trim()}` });
  }
  return (found = null);
}

/** @returns null where there is no python3 with torch */
export function startTorch(script: "step.py" | "ranking.py", args: readonly string[]): TorchProcess | null {
  const torch = findTorch();
  if (!torch) return null;
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), "pytorch", script);
  const child = spawn(torch.python, [file, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async round() {
      child.stdin.write("\n");
      const line: IteratorResult<string, undefined> = await lines.next();
      if (line.done) throw new Error(`${script} ended early: ${complaint.trim()}`);
      return JSON.parse(line.value) as TorchRound;
    },
    end() {
      child.stdin.end();
    },
  };
}
