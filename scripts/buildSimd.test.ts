// The committed WebAssembly is what its sources compile to.
import { expect, it } from "vitest";
import { readFile } from "node:fs/promises";
import { compileSimd } from "./buildSimd.mjs";

it("simdBytes.ts is what the .as files compile to; if not, run node scripts/buildSimd.mjs", async () => {
  const committed = await readFile(new URL("../src/training/engine/simdBytes.ts", import.meta.url), "utf8");
  expect(committed).toBe(await compileSimd());
}, 60_000);
