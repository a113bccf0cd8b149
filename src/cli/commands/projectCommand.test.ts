// A run as a Python project: what is in the folder, what it says of itself, and what cannot be one.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callLab } from "../../testing/labCall.ts";
import { buildEmbedded } from "../buildEmbedded.ts";

const dir = mkdtempSync(path.join(tmpdir(), "lab-project-"));
const at = (...names: string[]) => path.join(dir, ...names);
beforeAll(() => buildEmbedded(), 120_000);
afterAll(() => rmSync(dir, { recursive: true }));

const TINY = [
  "languages.train=cy,en",
  "languages.heldOut=none",
  "batch.size=8",
  "steps=4",
  "encoder.id=random",
].flatMap((setting) => ["--set", setting]);
const project = (name: string, ...more: string[]) =>
  callLab("export", "preset:hybrid", "--to", "project", "--out", at(name), ...TINY, "--quiet", ...more);
const lines = (...names: string[]) =>
  gunzipSync(readFileSync(at(...names)))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown[]);

interface Facts {
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
}

describe("lab export --to project", () => {
  it("writes data under their hashes, the start and the program, and the plan where it is asked for", async () => {
    const { code, err } = await project("run", "--plan");
    expect(code, err).toBe(0);
    const facts = JSON.parse(readFileSync(at("run", "experiment.json"), "utf8")) as Facts;
    const inData = readdirSync(at("run", "data")).map((name) => `data/${name}`);
    expect(Object.keys(facts.files).sort()).toEqual(inData.sort());
    for (const [name, hash] of Object.entries(facts.files)) {
      const found = createHash("sha256").update(readFileSync(at("run", name)));
      expect(found.digest("hex")).toBe(hash);
    }
    expect(readdirSync(at("run"))).toEqual(
      expect.arrayContaining(["README.md", "pyproject.toml", "slurm.sh", "start"]),
    );
    expect(readFileSync(at("run", "train.py"), "utf8").split("\n").length).toBeLessThanOrEqual(200);
    expect(facts.command).toMatch(/^npm run lab -- export '#v=.*' --to project --out run --plan$/);

    const asked = (await callLab("plan", "preset:hybrid", ...TINY)).out.split("\n");
    const plan = asked.map((line) => JSON.parse(line) as { rows: { query: { id: string } }[] });
    const ids = lines("run", "data", "cldr-emoji.queries.jsonl.gz").map(([id]) => id);
    const drawn = lines("run", "data", "plan.jsonl.gz").map(([, , , rows]) =>
      (rows as [string, number][]).map(([, query]) => ids[query]),
    );
    expect(drawn).toEqual(plan.map(({ rows }) => rows.map(({ query }) => query.id)));
  });

  it.each([
    [
      "a rule without its decisions",
      ["--set", "batch.schedule=exp3"],
      /batch\.schedule: .* name its run\.json/,
    ],
    ["a teacher", ["--set", "loss.distillation=scores"], /loss\.distillation: a project has no teacher/],
    ["a type of numbers", ["--dtype", "F16"], /--dtype is for a model/],
  ])("refuses %s", async (name, more, message) => {
    const { code, err } = await project(name.replaceAll(" ", "-"), ...more);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("has a plainer name for sentence-transformers, which has no plan", async () => {
    const { code, err } = await callLab(
      "export",
      "distilled-bag",
      "--to",
      "model",
      "--out",
      at("bag"),
      "--plan",
    );
    expect([code, err]).toEqual([2, "export: --plan is for --to project: a model has no plan"]);
  });
});
