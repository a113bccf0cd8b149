// A branch at its own size, at step 100 of the preset from mono to cross with one more language: the same again from its
// link in a fresh process and home. Its short form: branches.test.ts.
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { parseRecordFile } from "../core/export/recordJson.ts";
import { expectedResult } from "../core/record/expectedResult.ts";
import { encodeLink } from "../core/spec/link.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import { labProcess } from "../testing/killedRuns.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it("replays exactly from its link, and from its record", async () => {
  const sets = (...settings: string[]) => settings.flatMap((setting) => ["--set", setting]);
  const parent = [
    "run",
    "preset:mono",
    ...sets("steps=200", "languages.train=en,de", "languages.heldOut=none"),
  ];
  const made = await labProcess([...parent, "--backend", "wasm", "--out", "parent.json", "--quiet"], dir);
  expect(made, made.err).toMatchObject({ code: 0 });
  const change = sets("batch.ratio=cross:1", "languages.train=en,de,th");
  const branch = [
    "run",
    "--from",
    "parent.json",
    "--at",
    "100",
    ...change,
    "--out",
    "branch.json",
    "--quiet",
  ];
  expect(await labProcess(branch, dir)).toMatchObject({ code: 0 });

  const { record } = parseRecordFile(
    JSON.parse(await readFile(path.join(dir, "branch.json"), "utf8")),
    "branch",
  );
  expect([record.parent!.step, record.spec.steps, record.points[0]!.step]).toEqual([100, 200, 100]);
  const expected = expectedResult(record)!;
  const link = encodeLink(record.spec, DEFAULT_PRESET, { expected, parent: record.parent });
  const home = path.join(dir, "home");
  await mkdir(home);
  vi.stubEnv("LAB_HOME", home); // nothing of the first runs is kept there
  const fresh = await labProcess(["replay", `https://lab.example/#${link}`, "--quiet"], home);
  expect(fresh, fresh.err).toMatchObject({ code: 0, err: "" });
  expect(fresh.out).toMatch(/^Every number is the same/);
  const again = await labProcess(["replay", path.join(dir, "branch.json"), "--quiet"], home);
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringContaining(`repeated\tdigest ${record.digest}`) as string,
  });
});
