// Threads of Node that run the repository's TypeScript, and those that help with products. Decides how many help.
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { ThreadStarter } from "../training/engine/productThreads.ts";

/** A thread that runs a TypeScript file: Node 20 does not pass a loader on to the entry of a thread. */
export function startThread(file: URL, workerData?: unknown): Worker {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const loader = JSON.stringify(new URL("dist/esm/api/index.mjs", tsx).href);
  const entry = JSON.stringify(file.href);
  return new Worker(`import(${loader}).then(({ register }) => (register(), import(${entry})))`, {
    eval: true,
    workerData,
  });
}

const MOST = 8; // threads in all: beyond that memory, not arithmetic, sets the pace

/**
 * All processors, or as many as LAB_THREADS says, e.g. 1 where several runs share a machine.
 * @throws Error in one sentence if LAB_THREADS is not a whole number from 1 on
 */
export function productHelpers(wanted = process.env["LAB_THREADS"]): ThreadStarter {
  if (wanted !== undefined && !/^[1-9]\d*$/.test(wanted)) {
    throw new Error(`LAB_THREADS is "${wanted}": it must be a whole number of threads, 1 or more.`);
  }
  return {
    count: Math.min(MOST, wanted ? Number(wanted) : availableParallelism()) - 1,
    start(memory) {
      const helper = startThread(new URL("./productThread.ts", import.meta.url), memory);
      helper.unref(); // waiting for work, it must not keep a finished program alive
      helper.on("error", ({ message }) => process.stderr.write(`A thread less for products: ${message}\n`));
      return () => void helper.terminate();
    },
  };
}
