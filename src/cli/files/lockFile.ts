// A file that says which process is at work on something, so that no second one is. One of a dead process is taken over.
import { rmSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { SpecError } from "../../core/inputError.ts";
import { codeOf } from "./codeOf.ts";
import { isRunning } from "./isRunning.ts";

const ENDING = ["SIGINT", "SIGTERM"] as const;

/**
 * A signal that ends the process takes the file away with it.
 * @param what the process is at work on, for the message
 * @returns releases it; safe to call twice
 * @throws SpecError naming the process that has it
 */
export async function takeLock(file: string, what: string): Promise<() => Promise<void>> {
  const own = `${process.pid}\n`;
  for (;;) {
    try {
      await writeFile(file, own, { flag: "wx" });
      break;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = await readFile(file, "utf8").catch(() => undefined);
    if (holder === undefined) continue; // released meanwhile
    const pid = Number(holder);
    if (pid > 0 && isRunning(pid)) {
      throw new SpecError(
        `${what}: process ${pid} is at work on this run; wait for it, or delete ${file} if that is no lab any more`,
      );
    }
    await takeAway(file, holder);
  }
  const unheard = () => {
    for (const signal of ENDING) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return; // another listener decides what it means, and releases
    rmSync(file, { force: true });
    unheard();
    process.kill(process.pid, signal);
  };
  for (const signal of ENDING) process.on(signal, end);
  let isHeld = true;
  return async () => {
    unheard();
    if (isHeld) await rm(file, { force: true });
    isHeld = false;
  };
}

/** Removes a dead process's file, and no other that took its place meanwhile. */
async function takeAway(file: string, content: string): Promise<void> {
  const aside = `${file}.${process.pid}`;
  const isMoved = await rename(file, aside).then(
    () => true,
    () => false, // another process was first
  );
  if (!isMoved) return;
  if ((await readFile(aside, "utf8")) === content) await rm(aside);
  else await rename(aside, file);
}
