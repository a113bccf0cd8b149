// Training steps on wasm by several threads, from when all of them are there.
import { setTimeout as pause } from "node:timers/promises";
import { helpersSoFar, shareProducts, type ThreadStarter } from "../src/training/engine/productThreads.ts";

/** Takes steps until all helpers are ready: the first large product calls them. */
export async function shareSteps(helpers: ThreadStarter, step: () => Promise<void>): Promise<void> {
  shareProducts(helpers);
  while (helpersSoFar().ready < helpers.count) {
    await step();
    await pause(200);
  }
}
