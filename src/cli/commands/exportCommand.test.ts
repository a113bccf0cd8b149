// A model given back by the command line: the same bytes whichever way, and an encoder with the run's own results.
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callLab } from "../../testing/labCall.ts";
import { readRecord } from "../../testing/readRecord.ts";
import { buildEmbedded } from "../buildEmbedded.ts";
import { executeRun } from "../executeRun.ts";
import { nodePlaces } from "../nodeModels.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-export-"));
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

const TINY = [
  "languages.train=en,de",
  "languages.heldOut=none",
  "batch.size=16",
  "encoder.width=16",
  "steps=4",
  "evalEvery=0",
  "compute.backend=wasm",
].flatMap((setting) => ["--set", setting]);

const at = (...names: string[]) => path.join(dir, ...names);

describe("lab export", () => {
  it("gives the same model as run --save, and evaluates as the run did", async () => {
    const saved = await callLab(
      "run",
      "preset:hybrid",
      ...TINY,
      "--save",
      at("saved"),
      "--out",
      at("r.json"),
      "--quiet",
    );
    expect(saved).toMatchObject({ code: 0 });
    expect(saved.out).toContain("pieces\t37000 of 37000");
    const to = ["--to", "sentence-transformers"];
    expect(await callLab("export", at("r.json"), ...to, "--out", at("exported"), "--quiet")).toMatchObject({
      code: 0,
    });
    const names = (await readdir(at("saved"), { recursive: true })).sort();
    expect((await readdir(at("exported"), { recursive: true })).sort()).toEqual(names);
    expect(names).toContain("model.safetensors");
    for (const name of ["model.safetensors", "tokenizer.json", "config.json", "modules.json"]) {
      expect((await readFile(at("exported", name))).equals(await readFile(at("saved", name))), name).toBe(
        true,
      );
    }

    const record = await readRecord(at("r.json"));
    const spec = { ...record.spec, encoder: { ...record.spec.encoder, id: "local:saved" } };
    const places = nodePlaces(new Map([["saved", at("saved")]]));
    const { record: evaluated, resources } = await executeRun(spec, { training: false, quiet: true, places });
    resources.model.dispose();
    expect(evaluated.final).toEqual(record.final);
    const readme = await readFile(at("saved", "README.md"), "utf8");
    expect(readme).toContain(`expect=${record.digest.slice(0, 16)},wasm`);
    expect(readme).toContain("| cldr-emoji | Emoji names and keywords");
  }, 120_000);

  it("refuses a folder that holds something before it trains, and says how to write the command", async () => {
    await writeFile(at("note.txt"), "mine");
    for (const args of [
      ["export", "preset:hybrid", "--to", "sentence-transformers", "--out", dir],
      ["run", "preset:hybrid", "--save", dir],
    ]) {
      const refused = await callLab(...args);
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.err).toContain("is not empty; name a new folder");
    }
    expect(await readFile(at("note.txt"), "utf8")).toBe("mine");
    expect(await callLab("export", "preset:hybrid", "--out", at("x"))).toMatchObject({
      code: 2,
      err: "export: write it as: export <spec | link | run.json | encoder | study> --to project | html | model | sentence-transformers | lab --out DIR (html: FILE)",
    });
  });
});

describe("lab export of an encoder", () => {
  const RUN = ["--data", "cldr-emoji", "--langs", "en,de", "--backend", "wasm", "--quiet"];
  const scores = async (encoder: string) => {
    const { out, code, err } = await callLab("eval", encoder, ...RUN);
    expect([code, err]).toEqual([0, ""]);
    return new Map(out.split("\n").map((line) => line.split("\t") as [string, string]));
  };
  const size = async (name: string) => (await stat(at(name, "model.safetensors"))).size;

  it("gives its folder for Python or for the lab, with the encoder's own numbers", async () => {
    const to = (reader: string, ...rest: string[]) => ["--to", reader, ...rest, "--quiet"];
    const made: [string, string[]][] = [
      ["wide", ["distilled-mini", ...to("sentence-transformers")]],
      ["half", ["distilled-mini", ...to("sentence-transformers", "--dtype", "F16")]],
      ["narrow", ["distilled-mini", ...to("lab")]],
      ["again", [at("narrow"), ...to("sentence-transformers")]],
    ];
    for (const [name, args] of made) {
      expect(await callLab("export", ...args, "--out", at(name))).toMatchObject({ code: 0 });
    }
    // 24,000 rows of 320: 30.72 MB twice as F32 (folded for Python, as it is for the lab), 15.36 as F16, 7.68 as I8
    const sizes = await Promise.all(["wide", "half", "narrow"].map(size));
    expect(sizes.map((bytes) => Math.round(bytes / 1e5) / 10)).toEqual([61.5, 15.5, 7.9]);
    const [own, ...given] = await Promise.all(
      ["distilled-mini", ...made.map(([name]) => at(name))].map(scores),
    );
    const map = (values: ReadonlyMap<string, string>) =>
      ["map/mono", "map/cross", "map/multi"].map((metric) => Number(values.get(metric)));
    const [wide, half, narrow, again] = given.map(map);
    expect(wide).toEqual(map(own!));
    expect(half).toEqual(map(own!)); // the encoder is kept in halves: nothing is rounded twice
    expect(again).toEqual(narrow);
    // what int8 rows cost: nothing in the third decimal
    map(own!).forEach((value, i) => expect(Math.abs(narrow![i]! - value)).toBeLessThan(0.001));
    const readme = await readFile(at("narrow", "README.md"), "utf8");
    expect(readme).toContain("int8 with a scale for each row");
    expect(readme).toMatch(/^---\n[^]*\n---\n\n# distilled-mini\n[^]*## Its own card\n\n# distilled-mini/);
  }, 240_000);

  it("refuses what it cannot write before it reads a weight", async () => {
    const refused = async (...args: string[]) => {
      const { code, err } = await callLab("export", ...args, "--out", at("none"));
      expect(code).toBe(2);
      return err;
    };
    const to = ["--to", "sentence-transformers"];
    expect(await refused("distilled-mini", ...to, "--dtype", "I8")).toBe(
      "--dtype I8: sentence-transformers reads F32, F16",
    );
    expect(await refused("distilled-mini", ...to, "--backend", "wasm")).toBe(
      "export: --backend is for a run, which is trained again",
    );
    expect(await refused("local:none", ...to)).toContain("local:none");
    expect(await refused("distilled-none", ...to)).toContain("name a spec.json, a run.json, a link");
    expect((await readdir(dir)).includes("none")).toBe(false);
  });
});
