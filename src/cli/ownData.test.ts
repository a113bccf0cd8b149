// "It is done when": BEIR, MIRACL-shaped and MTEB folders, written here, are added, trained on and evaluated by command.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunRecord } from "../core/record/runRecord.ts";
import { beirFolder, miraclFolder, mtebFolder, OWN_COUNTS, type FolderFiles } from "../testing/ownFolders.ts";
import { lab } from "./commands.ts";

let dir = "";
const home = process.env["LAB_HOME"];
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  process.env["LAB_HOME"] = path.join(dir, "home");
});
afterAll(async () => {
  if (home === undefined) delete process.env["LAB_HOME"];
  else process.env["LAB_HOME"] = home;
  await rm(dir, { recursive: true });
});

async function call(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await lab(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err: err.join("\n") };
}

async function write(id: string, files: FolderFiles): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(dir, id, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}

/** Adds, trains two steps, evaluates the start weights too; queries and pool are those of the test split and of all. */
async function trainAndEvaluate(id: string, files: FolderFiles, ...add: string[]): Promise<void> {
  await write(id, files);
  const added = await call("data", "add", id, "--from", path.join(dir, id), ...add);
  expect(added.err).toBe("");
  expect(added.out).toContain(`all\t${2 * OWN_COUNTS.judged}\t${2 * OWN_COUNTS.documents}`);
  expect(added.out.find((line) => line.includes("queries without a relevant document"))).toMatch(
    /^Left out: 2 /,
  );
  const out = path.join(dir, `${id}.json`);
  const settings = [
    ...[
      `data.train=${id}`,
      "data.eval=same",
      "languages.train=sw,yo",
      "languages.heldOut=none",
      "batch.size=8",
    ],
    ...["encoder.id=random", "encoder.width=16", "steps=2", "evalEvery=2", "compute.backend=wasm"],
  ].flatMap((setting) => ["--set", setting]);
  const run = await call("run", "preset:mono", ...settings, "--out", out, "--quiet");
  expect(run.err).toBe("");
  const record = JSON.parse(await readFile(out, "utf8")) as RunRecord;
  expect([record.final.queries, record.final.skippedQueries]).toEqual([2 * OWN_COUNTS.test, 0]);
  expect(record.final.map.mono).toBeGreaterThan(0);
  expect(record.points.some((point) => point.metric === "loss/mono")).toBe(true);
  const all = path.join(dir, `${id}.eval.json`);
  const evaluated = await call(
    "eval",
    "random",
    "--data",
    id,
    "--set",
    "encoder.width=16",
    "--backend",
    "wasm",
    "--out",
    all,
    "--quiet",
  );
  expect(evaluated.err).toBe("");
  expect((JSON.parse(await readFile(all, "utf8")) as RunRecord).final.queries).toBe(2 * OWN_COUNTS.judged); // all splits
}

it("a BEIR folder per language", async () => {
  await trainAndEvaluate("my-beir", beirFolder(), "--title", "Mine", "--licence", "CC0-1.0");
}, 120_000);

it("an MTEB folder of Parquet", async () => {
  await trainAndEvaluate("my-mteb", mtebFolder());
}, 120_000);

it("a MIRACL-shaped folder", async () => {
  await trainAndEvaluate("miracl", miraclFolder());
}, 120_000);
