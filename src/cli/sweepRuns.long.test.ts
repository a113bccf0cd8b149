// Runs of a study as a scheduler starts them, three at a time, killed at random moments and started again: the summary of the
// undisturbed sweep.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { labProcess } from "../testing/killedRuns.ts";
import { rounds } from "../testing/longLane.ts";
import { SMALL_STUDY } from "../testing/smallStudy.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

const AT_ONCE = 3;
const WITHIN_MS = 6000; // of a start: before, in and after its training

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-sweep-runs-"));
  await buildEmbedded();
  const spec = { ...SMALL_STUDY.spec, steps: 120, batch: { size: 64 } };
  await writeFile(path.join(dir, "s.json"), JSON.stringify({ ...SMALL_STUDY, spec }));
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

/** As `parallel --jobs 3` would. */
async function together<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const ended: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < work.length; i = next++) ended[i] = await work[i]!();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return ended;
}

it("ends with the undisturbed summary, every time", async () => {
  expect(await labProcess(["sweep", "s.json", "--out", "whole", "--quiet"], dir)).toMatchObject({ code: 0 });
  for (let round = 0; round < rounds({ short: 1, long: 5 }); round++) {
    const seed = Date.now();
    const random = createRandom(seed).fork("kills");
    const { out } = await labProcess(["sweep", "s.json", "--list", "--out", `parts-${round}`], dir);
    const runs = out.trimEnd().split("\n").map((line) => [...line.split(" ").slice(4), "--checkpoint-every", "20"]); // prettier-ignore
    expect(runs.length).toBe(6);
    const killed = runs.map((words, i) => {
      const afterMs = i === 0 ? 100 : random.int(WITHIN_MS); // one at least before its end
      return () => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const ended = labProcess(
          words,
          dir,
          (kill) => (timer ??= setTimeout(() => kill("SIGKILL"), afterMs)),
        );
        return ended.finally(() => clearTimeout(timer));
      };
    });
    const codes = (await together(killed)).map(({ code }) => code);
    const again = await together(runs.map((words) => () => labProcess(words, dir)));
    const told = `seed ${seed}: ${JSON.stringify(codes)}\n${again.map(({ err }) => err).join("\n")}`;
    expect(codes[0], told).toBe(null);
    expect(
      codes.every((code) => code === null || code === 0),
      told,
    ).toBe(true);
    expect(again.map(({ code }) => code), told).toEqual(runs.map(() => 0)); // prettier-ignore
    const joined = await labProcess(
      ["sweep", "s.json", "--out", `all-${round}`, "--collect", `parts-${round}`],
      dir,
    );
    expect(joined.code, joined.err).toBe(0);
    const summary = (name: string) => readFile(path.join(dir, name, "summary.json"), "utf8");
    expect(await summary(`all-${round}`), told).toBe(await summary("whole"));
  }
}, 1_200_000);
