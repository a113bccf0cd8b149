// A study's runs one by one, as a scheduler starts them, and their records gathered from anywhere: the summary of the sweep.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { SMALL_STUDY } from "../testing/smallStudy.ts";
import { SOURCED } from "../testing/sourcedStudy.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
const at = (...names: string[]) => path.join(dir, ...names);
const text = (...names: string[]) => readFile(at(...names), "utf8");
const sweep = (...args: string[]) => callLab("sweep", ...args);
const small = {
  ...SOURCED,
  cells: SOURCED.cells.filter((cell) => !("controlOf" in cell) || cell.controlOf === "exp3").slice(0, 7),
  seeds: [1],
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-sweep-runs-"));
  await buildEmbedded();
  await writeFile(at("small.json"), JSON.stringify(SMALL_STUDY));
  await writeFile(at("sourced.json"), JSON.stringify(small));
  expect(await sweep(at("sourced.json"), "--out", at("whole"), "--jobs", "1", "--quiet")).toMatchObject({
    code: 0,
  });
}, 300_000);
afterAll(() => rm(dir, { recursive: true }));

const PREFIX = "npm run lab -- ";
const wordsOf = (command: string) => command.slice(PREFIX.length).split(" ");

describe("lab sweep STUDY --list", () => {
  it("is a command for each run, which may be repeated; gathered they are the sweep", async () => {
    const { out } = await sweep(at("sourced.json"), "--list", "--out", at("parts"));
    const commands = out.split("\n");
    expect(commands.length).toBe(small.cells.length);
    for (const command of commands.toReversed()) {
      expect(command.startsWith(PREFIX)).toBe(true); // in any order: what a run is made from comes with it
      const words = [...wordsOf(command), "--quiet"];
      expect(await callLab(...words)).toMatchObject({ code: 0 });
      const again = await callLab(...words);
      const key = words[words.indexOf("--run") + 1]!;
      expect(again.out.split("\n").at(-1)).toBe(`run\t${at("parts", key, "runs", `${key}.json`)}`);
    }
    const joined = await sweep(at("sourced.json"), "--out", at("joined"), "--collect", at("parts"));
    expect(joined, joined.err).toMatchObject({ code: 0, err: "" });
    expect(joined.out).toContain(`joined\t${small.cells.length} records from ${at("parts")}`);
    expect(await text("joined", "summary.json")).toBe(await text("whole", "summary.json"));
  }, 300_000);

  it("names study, size and settings as they were given, as a shell reads them", async () => {
    const { out } = await sweep(
      "study:mono-share",
      "--size",
      "laptop",
      "--set",
      "steps=9",
      "--list",
      "--out",
      "a b",
    );
    expect(out.split("\n")[0]).toMatch(
      /^npm run lab -- sweep study:mono-share --size laptop --set steps=9 --run (\S+\.\d+) --out 'a b\/\1' --resume$/,
    );
  });

  it("refuses a run that the study has not", async () => {
    const { code, err } = await sweep(at("small.json"), "--run", "cross.3", "--out", at("no"));
    expect([code, err]).toEqual([
      2,
      "--run cross.3: the study has no such run; runs are CELL.SEED, such as cross.1",
    ]);
  });
});

describe("lab sweep --collect", () => {
  it("takes loose records by what they trained, and names those that were altered", async () => {
    await mkdir(at("loose", "deep", "out"), { recursive: true });
    const shares = ["mono:0,cross:1", "mono:1,cross:0", "mono:0.5,cross:0.5"];
    const files = ["a.json", "deep/out/run.json", "altered.json"];
    for (const [i, share] of shares.entries()) {
      const spec = { ...SMALL_STUDY.spec, seed: 2 };
      await writeFile(at("spec.json"), JSON.stringify(spec));
      const set = `batch.ratio=${share},multi:0,mixedMono:0`;
      const words = ["run", at("spec.json"), "--set", set, "--out", at("loose", files[i]!), "--quiet"];
      expect(await callLab(...words)).toMatchObject({ code: 0 });
    }
    const altered = JSON.parse(await text("loose", "altered.json")) as { final: { map: { cross: number } } };
    altered.final.map.cross += 0.5;
    await writeFile(at("loose", "altered.json"), JSON.stringify(altered));
    const { out, err } = await sweep(at("small.json"), "--out", at("gathered"), "--collect", at("loose"));
    expect(out).toContain("joined\t2 records from");
    expect(err).toContain("altered.json: this record does not fit itself");
    await expect(text("gathered", "runs", "cross.2.json")).resolves.toContain('"seed":2');
    expect((await sweep("--out", at("unnamed"), "--collect", at("loose"))).err).toContain("name their study");
    await mkdir(at("empty"));
    expect((await sweep(at("small.json"), "--out", at("none"), "--collect", at("empty"))).err).toContain(
      `--collect ${at("empty")}: has no study and no record of a run`,
    );
  }, 120_000);
});
