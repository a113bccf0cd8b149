// The kill loop: a run of the preset at its own size, killed three times at random moments and gone on with, again and
// again. Its short form: snapshots.test.ts.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunRecord } from "../core/record/runRecord.ts";
import { killAndResume, labProcess } from "../testing/killedRuns.ts";
import { rounds } from "../testing/longLane.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

const RUN = ["run", "preset:hybrid", "--set", "steps=200", "--backend", "wasm", "--quiet"];
const digestOf = async (name: string) =>
  (JSON.parse(await readFile(path.join(dir, name), "utf8")) as RunRecord).digest;

it("ends with the undisturbed digest, every time", async () => {
  expect(await labProcess([...RUN, "--out", "whole.json"], dir)).toMatchObject({ code: 0 });
  const digest = await digestOf("whole.json");
  for (let round = 0; round < rounds({ short: 1, long: 20 }); round++) {
    const seed = Date.now();
    const out = `${round}.json`;
    const args = [...RUN, "--checkpoint-every", "50", "--out", out];
    const { ended, killedAfter } = await killAndResume(args, { cwd: dir, out, kills: 3, seed });
    expect(ended, `seed ${seed}, killed after ${killedAfter.join(", ")}`).toMatchObject({ code: 0 });
    expect(await digestOf(out), `seed ${seed}`).toBe(digest);
  }
});
