// The preset of the paper's mix on XQuAD-R in a fresh profile: all languages on wasm; two on WebGPU, which may be played by the
// processor. `npm run test:long` only: some twenty minutes.
import { test } from "@playwright/test";
import { rounds } from "../src/testing/longLane.ts";
import { hasXquadR, trainPaperHybrid, type PaperRun } from "./paperHybrid.ts";

const here = hasXquadR && rounds({ short: 0, long: 1 }) > 0;
test.skip(!here, "SKIPPED: no XQuAD-R, or the short form (LAB_DATA_DIR, docs/testing.md)");

const tell = (what: string, { said, seconds }: PaperRun) =>
  console.log(`${what}: ${said ?? "no time"} said beside Train, ${Math.round(seconds)} s taken`);

test("paper-hybrid trains on all languages on wasm", async ({ page }) => {
  const settings = "langs=ar,de,el,en,es,hi,ru,th,tr,vi,zh&heldOut=none&backend=wasm";
  tell(
    "wasm",
    await trainPaperHybrid(page, settings, { steps: 6, shot: "paper-all", patienceMs: 3_000_000 }),
  );
});

test("paper-hybrid trains on two languages on WebGPU", async ({ page }) => {
  const settings = "langs=en,th&heldOut=none&backend=webgpu";
  tell(
    "webgpu",
    await trainPaperHybrid(page, settings, { steps: 3, shot: "paper-gpu", patienceMs: 3_400_000 }),
  );
});
