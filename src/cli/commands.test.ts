// The command line from arguments to exit codes, on the embedded dataset.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ofKinds } from "../core/spec/batchKind.ts";
import { callLab } from "../testing/labCall.ts";
import { recordJson } from "../core/export/recordJson.ts";
import { readRecord } from "../testing/readRecord.ts";
import { processorFuses } from "../testing/engine/processorFuses.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { executeRun } from "./executeRun.ts";
import { applySettings, readSpec } from "./specSource.ts";
import { verifiedResult } from "../core/record/expectedResult.ts";
import { encodeLink, type ExpectedResult } from "../core/spec/link.ts";
import { DEFAULT_PRESET, DEFAULT_SPEC } from "../core/spec/presets.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

const TINY = [
  "languages.train=en,de",
  "languages.heldOut=none",
  "batch.size=16",
  "encoder.width=16",
  "steps=6",
  "evalEvery=3",
  "compute.backend=wasm",
].flatMap((setting) => ["--set", setting]);

const file = (name: string) => path.join(dir, name);

describe("lab run and replay", () => {
  it("write a record that replays exactly, and name a metric that was altered", async () => {
    expect(await callLab("run", "preset:hybrid", ...TINY, "--out", file("h.json"), "--quiet")).toMatchObject({
      code: 0,
    });
    const record = await readRecord(file("h.json"));
    expect(record.schema).toBe("hybrid-batch-lab/run@1");
    expect(
      record.points.filter((p) => p.metric === "map/multi" && p.lang === undefined).map((p) => p.step),
    ).toEqual([0, 3, 6]);
    expect(Object.keys(record.final.perLanguage)).toEqual(["de", "en"]);
    expect(record.environment.backend).toBe("wasm");

    const again = await callLab("replay", file("h.json"), "--quiet");
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain(`repeated\tdigest ${record.digest}`);

    const values = { ...record.final.values, "map/multi": record.final.values["map/multi"]! + 1e-6 };
    const changed = { ...record, final: { ...record.final, values } };
    await writeFile(file("altered.json"), recordJson(changed));
    const altered = await callLab("replay", file("altered.json"), "--quiet");
    expect(altered.code).toBe(1);
    expect(altered.out).toContain("differs\tfinal.map.multi");
    expect(altered.out).toMatch(
      /^plan\trepeated\t.*\nlosses\trepeated\t.*\nmetrics\tdifferent\tfinal.map.multi: /m,
    );
    expect(altered.out).toContain("first\tThe first thing that differs: the metrics.");
    expect(altered.out).toContain(
      "record\tdoes not fit itself: the digest is not the one of its numbers; final map/multi is",
    );
    expect(altered.out).toContain("unchecked\tno digest covers format, backend,");
  }, 120_000);

  it("verify a link part by part, and say before training what goes in and is not the same", async () => {
    const record = await readRecord(file("h.json"));
    const expected = verifiedResult(record)!;
    const linkOf = (result: ExpectedResult) =>
      `https://lab.example/#${encodeLink(record.spec, DEFAULT_PRESET, { expected: result })}`;
    const repeated = await callLab("replay", linkOf(expected));
    expect([repeated.code, repeated.out.split("\n").at(-1)]).toEqual([0, "repeated"]);
    expect(repeated.err).toMatch(/Run again here: training, evaluation, and every number/);
    expect(repeated.err).toMatch(/^plan\trepeated\t.*\nlosses\trepeated\t.*\nmetrics\trepeated\t/m);
    expect(repeated.err).toContain("64 bits of the digest of the whole and 40 bits of each hash");

    const made = { ...expected.made!, data: ["0123456789"], losses: "0123456789" };
    const lines: string[] = [];
    const stderr = vi
      .spyOn(process.stderr, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    const other = await callLab("replay", linkOf({ ...expected, digest: "0".repeat(16), made }));
    stderr.mockRestore();
    const placeOf = (text: string) => lines.findIndex((line) => line.includes(text));
    const before = placeOf("Other numbers than the result’s are to be expected: cldr-emoji is not the");
    expect(before).toBeGreaterThanOrEqual(0);
    expect(before).toBeLessThan(placeOf("step     0")); // the evaluation before training
    expect(other.out).toMatch(/^plan\trepeated\t.*\nlosses\tdifferent\t.*\nmetrics\trepeated\t/);
    expect(other.out).toContain("The first thing that differs: the data.");
    expect([other.code, other.out.split("\n").at(-1)]).toEqual([1, "different"]);

    const cut = linkOf(expected).slice(0, -8);
    expect(await callLab("replay", cut)).toMatchObject({
      code: 2,
      err: expect.stringContaining("link: made must be lab,arithmetic,device:") as string,
    });
  }, 120_000);

  it("repeat a record of a machine that fuses no products to the bit", async () => {
    const steps = [
      "encoder.id=random",
      "encoder.layers=1",
      "encoder.width=16",
      "steps=3",
      "data.liveQueries=20",
    ];
    const small = steps.flatMap((setting) => ["--set", setting]);
    const { spec } = await readSpec("preset:hybrid", () => undefined);
    const settings = [...TINY, ...small].filter((word) => word !== "--set");
    const options = { training: true, quiet: true };
    const { record } = await executeRun(applySettings(spec, settings), { ...options, fused: false });
    expect(record.environment.adapter).toMatch(/^wasm SIMD, /);
    await writeFile(file("plain.json"), recordJson(record));
    const again = await callLab("replay", file("plain.json"), "--quiet");
    expect(again.out).toContain(`repeated\tdigest ${record.digest}`);
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const fused = await executeRun(applySettings(spec, settings), { ...options, quiet: false });
    const said = written.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("MiB at"));
    written.mockRestore();
    expect(said).toEqual([
      expect.stringMatching(/^Training takes about \d+ MiB at 16 rows a batch and [\d,]+ pieces\.\n$/),
    ]);
    expect(fused.record.environment.adapter.startsWith("wasm SIMD FMA")).toBe(processorFuses());
    expect(fused.record.digest !== record.digest, "another digest").toBe(processorFuses());
  }, 120_000);

  it("writes rankings whose measures are the record's", async () => {
    const { code } = await callLab(
      "eval",
      "random",
      "--data",
      "cldr-emoji",
      "--langs",
      "cy,sw",
      ...["encoder.width=16", "data.split=devConcepts"].flatMap((one) => ["--set", one]), // of all: 17 million lines
      "--backend",
      "wasm",
      "--out",
      file("e.json"),
      "--trec",
      file("trec"),
      "--trec-depth",
      "all",
      "--quiet",
    );
    expect(code).toBe(0);
    const record = await readRecord(file("e.json"));
    expect(record.points.every((p) => p.step === 0)).toBe(true);
    expect((await readdir(file("trec"))).sort()).toEqual([
      "mono.cy.qrels",
      "mono.cy.run",
      "mono.sw.qrels",
      "mono.sw.run",
      "multi.cy.qrels",
      "multi.cy.run",
      "multi.sw.qrels",
      "multi.sw.run",
    ]);
    const map = async (pool: string) => {
      const { out } = await callLab(
        "metrics",
        "--run",
        file(`trec/${pool}.run`),
        "--qrels",
        file(`trec/${pool}.qrels`),
        "-m",
        "map",
      );
      return out;
    };
    expect(await map("mono.cy")).toBe(
      `map\tall\t${record.final.perLanguage.cy!.values["map/mono"]!.toFixed(4)}`,
    );
    expect(await map("multi.sw")).toBe(
      `map\tall\t${record.final.perLanguage.sw!.values["map/multi"]!.toFixed(4)}`,
    );
  }, 300_000);
});

describe("lab plan", () => {
  it("takes links as mail programs spoil them, and no address without one", async () => {
    const plan = async (link: string) => callLab("plan", link, "--steps", "2", "--set", "batch.size=4");
    const whole = await plan("v=2&preset=cross&seed=7");
    const safe = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent("https://lab.example/#v=2&preset=cross&seed=7")}&data=05`;
    for (const link of [
      "#v=2&amp;preset=cross&amp;seed=7",
      "/%23v=2&preset=cross&seed=7",
      "?v=2&preset=cross&seed=7",
      safe,
    ]) {
      expect(await plan(link)).toEqual(whole);
    }
    expect(whole.code).toBe(0);
    const none = await plan("https://lab.example/");
    expect([none.code, none.err]).toEqual([
      2,
      "https://lab.example/: no experiment can be read from this address; open it in a browser and give the address that it leads to, which goes on with #v=…",
    ]);
  });

  it("prints one batch a line with ids and languages", async () => {
    const { code, out } = await callLab("plan", "preset:cross", "--steps", "2", "--set", "batch.size=4");
    expect(code).toBe(0);
    const lines = out.split("\n").map(
      (line) =>
        JSON.parse(line) as {
          step: number;
          kind: string;
          rows: { query: { lang: string }; passages: { lang: string }[] }[];
        },
    );
    expect(lines.map((line) => [line.step, line.kind, line.rows.length])).toEqual([
      [0, "cross", 4],
      [1, "cross", 4],
    ]);
    for (const row of lines[0]!.rows) expect(row.query.lang).not.toBe(row.passages[0]!.lang);
  });
});

describe("bad input", () => {
  it.each<[string[], RegExp]>([
    [["run", "#v=2&preset=mono&batch=1"], /^link: batch\.size must be from 2 to 1024, got 1$/],
    [["run", "#v=2&preset=Mone"], /^link: preset must be one of .*, got "Mone"$/],
    [["plan", "preset:mono", "--set", "batch.size=1"], /^--set: batch\.size must be from 2 to 1024, got 1$/],
  ])("%j names no value that would be used instead: none is", async (args, message) => {
    const { code, err } = await callLab(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it.each([
    [[], "usage", 2],
    [["fly"], '"fly" is not a command', 2],
    [["run"], "name one spec.json", 2],
    [["run", "preset:fast"], "preset:fast: there is no such preset; there is quickstart", 2],
    [["run", "nowhere.json"], "nowhere.json: there is no such file; name a spec", 2],
    [["eval", "./nowhere", "--data", "cldr-emoji"], "/nowhere: there is no such folder; name the folder", 2],
    [["eval", "./src", "--data", "cldr-emoji"], "/src: has neither config.json nor modules.json; name", 2],
    [["run", "preset:mono", "--set", "stesp=5"], "stesp is not a field; fields are data.train", 2],
    [["run", "preset:mono", "--set", "stesp=5"], "; did you mean steps?", 2],
    [["run", "preset:mono", "--set", "lr=5"], "; did you mean optimizer.learningRate?", 2],
    [["run", "preset:mono", "--set", "steps=x"], "steps must be a whole number from 1 to 100000", 2],
    [["run", "preset:mono", "--set", "stepz=1"], "stepz is not a field", 2],
    [["run", "preset:mono", "--set", "data.train=nope", "--quiet"], 'no dataset "nope"', 2],
    [
      ["run", "preset:mono", "--set", "encoder.id=nope", "--quiet"],
      'encoder.id: "nope" is not an encoder',
      2,
    ],
    [["run", "preset:mono", "--wings"], "--wings", 2],
    [["run", "#v=2&preset=mono&batch=1"], "batch.size must be from 2 to 1024", 2],
    [["replay", "#v=2&preset=mono"], "carries no result to compare with", 2],
    [
      ["run", "preset:mono", "--trec", "t", "--trec-depth", "0"],
      "--trec-depth must be a whole number from 1, or all",
      2,
    ],
    [["run", "preset:mono", "--trec-depth", "5"], "--trec-depth needs --trec", 2],
    [["eval", "random", "--data", "cldr-emoji", "--trec-depth", "5"], "--trec-depth needs --trec", 2],
    [
      ["plan", "preset:mono", "--steps", "-1"],
      '--steps needs a value; one that begins with "-" is written --steps=-…',
      2,
    ],
    [["eval", "random"], "name one encoder and a dataset", 2],
    [["eval", "random", "--data", "cldr-emoji", "--langs", ""], "--langs must name languages of the set", 2],
    [
      ["eval", "random", "--data", "cldr-emoji", "--langs", "none"],
      "--langs must name languages of the set",
      2,
    ],
    [["plan", "preset:mono", "--steps", "0"], "--steps must be a whole number from 1", 2],
    [["metrics", "--run", "a"], "both --run and --qrels", 2],
    [["metrics", "--run", "nowhere", "--qrels", "nowhere"], "nowhere: there is no such file", 2],
    [["data"], "what to do is missing", 2],
    [["data", "add", "--quiet"], "name a set", 2],
    [["data", "add", "mine", "--from", "/nowhere", "--quiet"], "--from /nowhere: there is no such folder", 2],
    [["data", "verify", "nope", "--quiet"], 'There is no dataset "nope"', 2],
    [["report", "--quiet"], "name at least one run.json", 2],
    [
      ["report", "nowhere.json", "--to", "pdf"],
      "--to must be one of markdown, latex, csv, pairs, mteb, compare",
      2,
    ],
    [["model", "--quiet"], "usage: lab model", 2],
    [["model", "add", "mine"], "--from must name a folder", 2],
    [["export", "preset:mono", "--quiet"], "write it as: export", 2],
    [["distill", "x", "--quiet"], "takes options only", 2],
    [["distill", "--config", "nope", "--quiet"], "nope", 2],
    [["eval", "random", "--data", "nope", "--quiet"], 'no dataset "nope"', 2],
    [["plan", "--quiet"], "name one spec.json", 2],
    [["replay", "--quiet"], "name one link or run.json", 2],
    [["metrics", "--quiet"], "both --run and --qrels", 2],
  ])("%j is told in one line", async (args, message, code) => {
    const result = await callLab(...args);
    expect(result.code).toBe(code);
    const said = args.length === 0 ? result.out : result.err;
    expect(said).toContain(message);
    if (args.length > 0) expect(said.split("\n")).toHaveLength(1);
  });

  it("says why a number is not there where one language is tested", async () => {
    const { code, out } = await callLab("eval", "random", "--data", "cldr-emoji", "--langs", "de", "--quiet");
    expect(code).toBe(0);
    expect(out).toContain("map/cross\tnone (one language)");
    expect(out).toMatch(/^map\/mono\t0\.\d{4}$/m);
    expect(out).not.toContain("undefined");
  }, 60_000);

  it("names the place in a broken spec or record", async () => {
    await writeFile(file("broken.json"), "{");
    expect((await callLab("run", file("broken.json"))).err).toMatch(/broken\.json: is not JSON/);
    await writeFile(file("odd.json"), '{"batch": {"size": 1}}');
    expect((await callLab("run", file("odd.json"))).err).toMatch(/odd\.json: batch\.size must be from 2/);
    await writeFile(file("record.json"), '{"schema": "hybrid-batch-lab/run@1", "spec": {}}');
    expect((await callLab("replay", file("record.json"))).err).toMatch(/record\.json: environment/);
  });

  it.each([
    ["run", (name: string) => ["run", name]],
    ["replay", (name: string) => ["replay", name]],
    ["report", (name: string) => ["report", name]],
    ["plan", (name: string) => ["plan", name]],
    ["export", (name: string) => ["export", name, "--to", "sentence-transformers", "--out", file("m")]],
    ["a branch", (name: string) => ["run", "--from", name]],
    ["a recipe", (name: string) => ["distill", "--config", name]],
    ["a run file", (name: string) => ["metrics", "--run", name, "--qrels", name]],
  ])("says what a file is that is no text: %s", async (_, command) => {
    await writeFile(file("packed.json"), gzipSync('{"steps": 5}'));
    const pointer = `version https://git-lfs.example/spec/v1\noid sha256:${"4d".repeat(32)}\nsize 90\n`;
    await writeFile(file("pointer.json"), pointer);
    const packed = await callLab(...command(file("packed.json")));
    expect([packed.code, packed.err]).toEqual([
      2,
      expect.stringMatching(/packed\.json.*: is packed with gzip; unpack it first$/),
    ]);
    const pulled = await callLab(...command(file("pointer.json")));
    expect([pulled.code, pulled.err]).toEqual([
      2,
      expect.stringMatching(
        /pointer\.json.*: is a Git LFS pointer to 90 bytes, not the file itself; run "git lfs pull"/,
      ),
    ]);
  });

  it("in a name that deceives is told with what is in it", async () => {
    await writeFile(file("a\u202enosj"), "{");
    const { code, err } = await callLab("run", file("a\u202enosj"));
    expect([code, err]).toEqual([2, expect.stringMatching(/a\[U\+202E\]nosj: is not JSON/)]);
    expect((await callLab("run", "preset:\u2067cross")).err).toContain("[U+2067]cross");
  });
});

describe("settings", () => {
  it("set one kind of the mix and scale the others", () => {
    const { ratio } = applySettings(DEFAULT_SPEC, [
      "batch.ratio=0.4,0.4,0.2,0",
      "batch.ratio.mono=0.7",
    ]).batch;
    // 0.3 left for cross and multi, which stay 2 : 1
    expect(ratio).toEqual(ofKinds({ mono: 0.7, cross: 0.2, multi: 0.1 }));
  });

  it("of several kinds in one command stand as given, whatever stands between them", () => {
    const parts = ["batch.ratio.mono=.7", "steps=9", "batch.ratio.cross=.2", "batch.ratio.multi=.1"];
    const expected = ofKinds({ mono: 0.7, cross: 0.2, multi: 0.1 });
    expect(applySettings(DEFAULT_SPEC, parts).batch.ratio).toEqual(expected);
    const end = parts.map((part) => part.replace("ratio", "ratioEnd")).reverse();
    expect(applySettings(DEFAULT_SPEC, end).batch).toMatchObject({ ratioEnd: expected });
    const both = [...parts, "batch.ratio=cross:1"]; // the whole comes first, wherever it stands
    expect(applySettings(DEFAULT_SPEC, both).batch.ratio).toEqual(expected);
    expect(applySettings(DEFAULT_SPEC, ["loss.weights.mono=2", "loss.weights.cross=0"]).loss.weights).toEqual(
      ofKinds({ mono: 2, cross: 0 }, 1),
    );
  });

  it.each([
    [["batch.ratio.mono=.7", "batch.ratio.cross=.4"], "batch.ratio: mono 0.7 + cross 0.4 is 1.1;"],
    [["batch.ratio.mono=.5", "batch.ratio.cross=.1"], "batch.ratio: mono 0.5 + cross 0.1 is 0.6, not 1,"],
    [["batch.ratio.mono="], 'batch.ratio.mono must be a number from 0 to 1, got ""'],
    [["batch.ratio.mono=x"], 'batch.ratio.mono must be a number from 0 to 1, got "x"'],
    [["batch.ratio.mono=-1"], "batch.ratio.mono must be a number from 0 to 1"],
    [["loss.weights.cross=11"], "loss.weights.cross must be a number from 0 to 10"],
  ])("%j is refused", (settings, message) => {
    expect(() => applySettings(DEFAULT_SPEC, settings)).toThrow(message);
  });

  it("read links, presets, specs and records alike", async () => {
    const link = await readSpec("http://localhost/#v=10&preset=cross&steps=9&wings=2", () => undefined);
    expect(link.spec.steps).toBe(9);
    await writeFile(file("s.json"), '{"preset": "cross", "steps": 9}');
    expect((await readSpec(file("s.json"), () => undefined)).spec).toEqual(link.spec);
  });
});
