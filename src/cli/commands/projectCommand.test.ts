// A run as a Python project: what is in the folder, what it says of itself, and what cannot be one.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { DEFAULT_PRESET, DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { callLab } from "../../testing/labCall.ts";
import { buildEmbedded } from "../buildEmbedded.ts";
import { applySettings } from "../specSource.ts";

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

/** Of the batches in a project's file. */
function questionsOf(name: string): unknown[][] {
  const ids = lines(name, "data", "cldr-emoji.queries.jsonl.gz").map(([id]) => id);
  return lines(name, "data", "plan.jsonl.gz").map(([, , , rows]) =>
    (rows as [string, number][]).map(([, query]) => ids[query]),
  );
}

async function plannedQuestions(...words: string[]): Promise<unknown[][]> {
  const asked = (await callLab("plan", ...words)).out.split("\n");
  const plan = asked.map((line) => JSON.parse(line) as { rows: { query: { id: string } }[] });
  return plan.map(({ rows }) => rows.map(({ query }) => query.id));
}

interface Facts {
  readonly trajectory: readonly unknown[];
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

    expect(questionsOf("run")).toEqual(await plannedQuestions("preset:hybrid", ...TINY));
  });

  it("of a run that was driven by hand follows the hand, and so does the command that writes it again", async () => {
    const only = (kind: "mono" | "cross") => ofKinds({ [kind]: 1 });
    const trajectory = [
      { step: 1, ratio: only("mono") },
      { step: 3, ratio: only("cross") },
    ];
    const spec = applySettings(
      DEFAULT_SPEC,
      TINY.filter((word) => word !== "--set"),
    );
    const link = `#${encodeLink(spec, DEFAULT_PRESET, { trajectory })}`;
    const { code, err } = await callLab("export", link, "--to", "project", "--out", at("hand"), "--plan", "--quiet"); // prettier-ignore
    expect(code, err).toBe(0);
    const facts = JSON.parse(readFileSync(at("hand", "experiment.json"), "utf8")) as Facts;
    expect(facts.trajectory).toEqual(trajectory);
    expect(facts.command).toContain(`export '${link}' --to project`);
    expect(readFileSync(at("hand", "README.md"), "utf8")).toContain(
      "What a hand decided in the lab is followed",
    );
    expect(questionsOf("hand")).toEqual(await plannedQuestions(link));
    const kinds = lines("hand", "data", "plan.jsonl.gz").map(([, kind]) => kind);
    expect(kinds.slice(1)).toEqual(["mono", "mono", "cross"]);
  });

  it("says what was set of a rule's run in the command that writes it again, decisions or none", async () => {
    const rule = ["--set", "batch.schedule=exp3", "--set", "compute.backend=cpu"];
    for (const [every, decisions] of [
      [2, 5],
      [100, 0],
    ] as const) {
      const [file, out] = [at(`every-${every}.json`), at(`every-${every}`)];
      const moved = [...TINY, ...rule, "--set", "steps=12", "--set", `rule.every=${every}`];
      const run = await callLab("run", "preset:hybrid", ...moved, "--out", file, "--quiet");
      expect(run.code, run.err).toBe(0);
      const words = ["--to", "project", "--out", out, "--set", "evalEvery=2", "--quiet"];
      const { code, err } = await callLab("export", file, ...words);
      expect(code, err).toBe(0);
      const facts = JSON.parse(readFileSync(path.join(out, "experiment.json"), "utf8")) as Facts;
      expect(facts.trajectory.length).toBeLessThanOrEqual(decisions);
      expect(facts.trajectory.length > 0).toBe(decisions > 0);
      expect(facts.command).toMatch(
        /export \S*every-\d+\.json'? --set evalEvery=2 --to project --out every-\d+$/,
      );
    }
  }, 120_000); // a limit for what hangs

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
