// Asks a Python script of this folder: JSON in, JSON out. Reaches no network, and computes nothing itself.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { PYTHON } from "./environment.mjs";

/** The hub is off: what a library would fetch has to be on this disk, or the test fails. */
const OFFLINE = { HF_HUB_OFFLINE: "1", HF_DATASETS_OFFLINE: "1", TOKENIZERS_PARALLELISM: "false" };

/**
 * Runs `script` with `question` on its stdin. It begins with `question = json.load(sys.stdin)` and ends with one JSON
 * value on stdout.
 * @throws Error with what Python said, if it ends with another code than 0
 */
export async function judge<T>(script: string, question: unknown): Promise<T> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(PYTHON, ["-X", "utf8", path], { env: { ...process.env, ...OFFLINE } });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  child.stdin.end(JSON.stringify(question));
  const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${said}`);
  return JSON.parse(out) as T;
}
