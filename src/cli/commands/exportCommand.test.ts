// A model given back by the command line: the same bytes whichever way, and an encoder with the run's own results.
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
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
    expect(saved.out).toContain("pieces\t24000 of 24000");
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
      err: "export: write it as: export <spec | link | run.json> --to sentence-transformers --out DIR",
    });
  });
});
