// A study that is killed, and left by Ctrl+C, in the midst of its runs, and gone on with: the summary that it would have had.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { labProcess } from "../testing/killedRuns.ts";
import { rounds } from "../testing/longLane.ts";
import { SMALL_STUDY } from "../testing/smallStudy.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-sweep-"));
  await buildEmbedded();
  const spec = { ...SMALL_STUDY.spec, steps: 120, batch: { size: 64 } };
  await writeFile(path.join(dir, "s.json"), JSON.stringify({ ...SMALL_STUDY, spec }));
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

const sweep = (out: string, ...more: string[]) => ["sweep", "s.json", "--out", out, "--resume", ...more];
const summary = (out: string) => readFile(path.join(dir, out, "summary.json"), "utf8");
const isThere = (name: string, what: RegExp) =>
  readdir(path.join(dir, name, "runs"), { recursive: true }).then(
    (names) => names.some((one) => what.test(one)),
    () => false,
  );

/** Kills the sweep a moment after there is a file of that name, so that something is kept and something is not. */
async function killed(out: string, args: string[], what: RegExp, afterMs: number) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const done = await labProcess(args, dir, (kill) => {
    timer ??= setInterval(() => {
      void isThere(out, what).then((there) => {
        if (!there) return;
        clearInterval(timer);
        setTimeout(() => kill("SIGKILL"), afterMs);
      });
    }, 5);
  });
  clearInterval(timer);
  return done;
}

/** Leaves it by Ctrl+C a moment after it told of a run. */
async function left(args: string[], afterMs: number) {
  let isAsked = false;
  return labProcess(args, dir, (kill, err) => {
    if (isAsked || !/^1\/\d /m.test(err)) return;
    isAsked = true;
    setTimeout(() => kill("SIGINT"), afterMs);
  });
}

it("ends with the undisturbed summary, every time", async () => {
  expect(await labProcess(sweep("whole", "--quiet", "--jobs", "1"), dir)).toMatchObject({ code: 0 });
  for (let round = 0; round < rounds({ short: 1, long: 10 }); round++) {
    const seed = Date.now();
    const random = createRandom(seed).fork("kills");
    const out = `killed-${round}`;
    const args = sweep(out, "--checkpoint-every", "20", "--jobs", String(1 + random.int(2)));
    const first = await killed(out, args, /snapshot\.safetensors$/, random.int(300));
    const second = await killed(out, args, /\d\.json$/, random.int(300));
    const third = await left(args, random.int(300));
    const last = await labProcess(args, dir);
    const told = `seed ${seed}: ${JSON.stringify([first, second, third].map(({ code }) => code))}\n${last.err}`;
    expect([null, 0], told).toContain(first.code); // 0: it was faster than the kill
    expect([130, 0], told).toContain(third.code);
    expect(last.code, told).toBe(0);
    expect(await summary(out), told).toBe(await summary("whole"));
  }
}, 1_200_000);
