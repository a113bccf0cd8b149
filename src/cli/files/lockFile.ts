// A file that says which process is at work on something, so that no second one is. One of a dead process is taken over.
import { rmSync } from "node:fs";
import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { SpecError } from "../../core/inputError.ts";
import { codeOf } from "./codeOf.ts";
import { ENDING_SIGNALS, isRunning } from "./isRunning.ts";
import { makeFolders, removeEmpty } from "./madeFolders.ts";

/**
 * A folder that is missing is made, and goes with the file where nothing else came into it. A signal that ends the process
 * takes the file away with it.
 * @param what the process is at work on, for the message
 * @returns releases it; safe to call twice
 * @throws SpecError naming the process that has it
 */
export async function takeLock(file: string, what: string): Promise<() => Promise<void>> {
  const own = `${process.pid}\n`;
  const made = await makeFolders(path.dirname(path.resolve(file)));
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
    if (await takeOver(file, holder, own)) break;
  }
  if (held.size === 0) for (const signal of ENDING_SIGNALS) process.on(signal, leave);
  held.add(file);
  return async () => {
    if (!held.delete(file)) return;
    if (held.size === 0) unheard();
    await rm(file, { force: true });
    await removeEmpty(made);
  };
}

/** Files of this process. */
const held = new Set<string>();

/** Where nobody else listens to the signal, the process ends by it, and its files with it. */
function leave(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return; // that one decides what it means, and releases
  for (const file of held) rmSync(file, { force: true });
  unheard();
  process.kill(process.pid, signal);
}

function unheard(): void {
  for (const signal of ENDING_SIGNALS) process.off(signal, leave);
}

/**
 * Puts this process in the place of a dead one. The file is never away meanwhile, and one process at a time is let at it.
 * @param dead what the file held @returns whether this process has it now
 */
async function takeOver(file: string, dead: string, own: string): Promise<boolean> {
  if (dead === "" && (await ageOf(file)) < WRITTEN_MS) {
    await setTimeout(10); // its process may be about to write its number
    return false;
  }
  const guard = `${file}.guard`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const made = await stat(guard).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > GUARD_MS)
      await rmdir(guard).catch(() => undefined); // it died in the midst
    else await setTimeout(10);
    return false;
  }
  try {
    if ((await readFile(file, "utf8").catch(() => undefined)) !== dead) return false;
    const aside = `${file}.${process.pid}`;
    await writeFile(aside, own);
    await rename(aside, file);
    return true;
  } finally {
    await rmdir(guard);
  }
}

const GUARD_MS = 10_000;
const WRITTEN_MS = 1000;

/** In ms; 0 of what is not there. */
async function ageOf(place: string): Promise<number> {
  const found = await stat(place).catch(() => undefined);
  return found ? Date.now() - found.mtimeMs : 0;
}
