// Where a command writes: asked before its long work, and never the end of what it has found.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { readRecord } from "../testing/readRecord.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { takeLock } from "./files/lockFile.ts";
import { replaceFile } from "./files/replaceFile.ts";
import { createFolderTokens } from "./nodeTokens.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await writeFile(path.join(dir, "file"), "");
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const TINY = [
  "languages.train=en,de",
  "languages.heldOut=none",
  "batch.size=16",
  "encoder.width=16",
  "steps=2",
  "evalEvery=2",
  "compute.backend=wasm",
].flatMap((setting) => ["--set", setting]);
const RUN = ["run", "preset:hybrid", ...TINY, "--quiet"];
const DISTILL = ["distill", "--quiet"];
const EVAL = ["eval", "random", "--data", "cldr-emoji", "--langs", "en,de", "--backend", "wasm", "--quiet"];

const at = (...names: string[]) => path.join(dir, ...names);
/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ["-e", ""]).pid;

describe("a place that cannot be written is told before anything is trained", () => {
  it.each<[string, string[], () => string[], RegExp]>([
    [
      "a folder for --out",
      RUN,
      () => ["--out", dir],
      /^--out .*: is a folder; name a file, such as .*run\.json$/,
    ],
    [
      "a folder for a page",
      ["export", "preset:mono", "--to", "html"],
      () => ["--out", dir],
      /^--out .*: is a folder; name a file, such as .*page\.html$/,
    ],
    ["a folder for eval's --out", EVAL, () => ["--out", dir], /^--out .*: is a folder; name a file/],
    ["a path that ends like a folder", RUN, () => ["--out", `${at("new")}/`], /is a folder; name a file/],
    [
      "a folder below a file",
      RUN,
      () => ["--out", at("file", "a.json")],
      /^--out .*: cannot be written: a part of the path is a file \(E\w+\); name another place$/,
    ],
    [
      "a folder below a file for --trec",
      RUN,
      () => ["--trec", at("file", "trec")],
      /^--trec .*: cannot be written: a part of the path is a file/,
    ],
    ["a file for --trec", EVAL, () => ["--trec", at("file")], /^--trec .*: is a file; name a folder$/],
    ["a folder below a file for --save", RUN, () => ["--save", at("file", "model")], /^(--save )?.*file/],
    [
      "a folder below a file for export",
      ["export", "preset:hybrid", ...TINY, "--to", "sentence-transformers", "--quiet"],
      () => ["--out", at("file", "x", "model")],
      /file/,
    ],
    [
      "a name too long",
      RUN,
      () => ["--out", at("x".repeat(300), "a.json")],
      /cannot be written: the name is too long/,
    ],
    ["a file for distill", DISTILL, () => ["--out", at("file")], /^--out .*: is a file; name a folder$/],
    ["a file for its texts", DISTILL, () => ["--list-texts", at("file")], /^--list-texts .*: is a file/],
    ["a file for its pieces", DISTILL, () => ["--prepare", at("file")], /^--prepare .*: is a file/],
  ])("%s", async (_, command, place, message) => {
    const said = await callLab(...command, ...place());
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.err).toMatch(message);
    expect((await readdir(dir)).filter((name) => name !== "file")).toEqual([]);
  });

  it.runIf(process.platform === "linux")("a folder that takes none", async () => {
    for (const place of [
      ["--out", "/proc/lab/a.json"],
      ["--trec", "/proc/lab/on/the/way"],
      ["--save", "/proc/lab/model"],
    ]) {
      const said = await callLab(...RUN, ...place);
      expect(said).toMatchObject({ code: 2, out: "" });
      expect(said.err).toMatch(
        /^--\w+ \/proc\/lab\S*: cannot be written: no folder can be made there \(ENOENT\); name another place$/,
      );
    }
  });

  it("a folder that is missing is made", async () => {
    const record = at("made", "on the way", "a.json");
    expect(await callLab(...RUN, "--out", record, "--trec", at("made", "trec"))).toMatchObject({ code: 0 });
    expect((await readRecord(record)).schema).toBe("hybrid-batch-lab/run@1");
    expect(await readdir(path.dirname(record))).toEqual(["a.json"]); // no lock, no probe, no snapshot
    const lists = await readdir(at("made", "trec"));
    expect(lists.sort()).toEqual(
      ["mono", "multi"].flatMap((kind) =>
        ["de", "en"].flatMap((lang) => [`${kind}.${lang}.qrels`, `${kind}.${lang}.run`]),
      ),
    );
    await rm(at("made"), { recursive: true });
  }, 60_000);
});

describe("a command that is refused later makes no folder", () => {
  const all = () => ["--out", at("new", "a", "a.json"), "--trec", at("new", "trec")];
  const NONE = ["--set", "data.train=none", "--set", "data.eval=none"];
  const TO = ["--to", "sentence-transformers"];
  it.each<[string, string[], () => string[]]>([
    ["run", [...RUN, ...NONE], () => [...all(), "--save", at("new", "models", "m")]],
    ["run of a checkpoint that is not there", [...RUN, "--set", "encoder.id=local:none"], all],
    ["run of languages that the set lacks", [...RUN, "--set", "languages.train=en,tlh"], all],
    ["eval", [...EVAL, "--set", "encoder.id=local:none"], all],
    ["eval of languages that the set lacks", [...EVAL, "--langs", "tlh"], all],
    [
      "export",
      ["export", "preset:hybrid", ...TINY, ...NONE, ...TO, "--quiet"],
      () => ["--out", at("new", "m")],
    ],
    ["distill", ["distill", "--data", "/none", "--quiet"], () => ["--out", at("new", "m")]],
    [
      "resume",
      ["run", "--quiet"],
      () => ["--resume", at("new", "a.json"), "--out", at("new", "b", "b.json")],
    ],
  ])("%s", async (_, command, places) => {
    vi.stubEnv("LAB_HOME", at("home"));
    const said = await callLab(...command, ...places());
    expect(said.code).toBeGreaterThan(0);
    expect(said.out).toBe("");
    expect(existsSync(at("new"))).toBe(false);
    await rm(at("home"), { recursive: true, force: true });
  });

  it("and a run that is to go on in a folder that is missing begins there anew", async () => {
    const record = at("made", "a.json");
    expect(await callLab(...RUN, "--resume", record)).toMatchObject({ code: 0 });
    expect(await readdir(at("made"))).toEqual(["a.json"]);
    await rm(at("made"), { recursive: true });
  }, 60_000);
});

it.skipIf(!existsSync("/dev/full"))(
  "a disk that is full at the end: the summary is told, and the record kept elsewhere",
  async () => {
    const said = await callLab(...RUN, "--out", "/dev/full");
    expect(said.code).toBe(1);
    expect(said.out).toMatch(/^digest\t\w+/m);
    expect(said.err).toMatch(
      /\/dev\/full: cannot be written: there is no room left on the disk \(ENOSPC\); the record is in /,
    );
    const spare = /the record is in (\S+)/.exec(said.err)![1]!;
    expect(said.out).toContain((await readRecord(spare)).digest);
    await rm(spare);
  },
  60_000,
);

it.skipIf(!existsSync("/dev/full"))(
  "what is printed to a full disk is told as lost, and the exit code says so",
  async () => {
    const full = await open("/dev/full", "w");
    const ended = spawnSync(
      process.execPath,
      ["--import", import.meta.resolve("tsx"), "src/cli/lab.ts", "plan", "preset:hybrid", "--steps", "3"],
      { stdio: ["ignore", full.fd, "pipe"] },
    );
    await full.close();
    expect(ended.stderr.toString()).toBe(
      "What is printed cannot be written: there is no room left on the disk (ENOSPC)\n",
    );
    expect(ended.status).toBe(1);
  },
  60_000,
);

describe("a lab's home that cannot be written", () => {
  it("keeps no tokens: they are held in memory, with a note", async () => {
    const tokens = createFolderTokens(at("file", "tokens"));
    const file = await tokens.write("key", Uint8Array.of(1, 2, 3));
    const into = new Uint8Array(2);
    await file.read(1, into);
    expect([...into]).toEqual([2, 3]);
    expect(tokens.note).toMatch(
      /^Tokens cannot be kept in .*: a part of the path is a file \(E\w+\); they are held in memory/,
    );
    expect(await tokens.find("key")).toBeUndefined();
  });

  it("lets a run train to its end", async () => {
    vi.stubEnv("LAB_HOME", at("file", "home"));
    const said = await callLab(...RUN, "--out", at("kept.json"));
    expect(said).toMatchObject({ code: 0 });
    expect(said.out).toContain((await readRecord(at("kept.json"))).digest);
    await rm(at("kept.json"));
  }, 60_000);
});

describe("what killed processes left", () => {
  it("is swept: tokens, and files that were to replace another", async () => {
    const gone = deadPid();
    await mkdir(at("tokens"));
    for (const name of [`a.${gone}`, `b.${process.pid}`, "c"]) await writeFile(at("tokens", name), "x");
    await createFolderTokens(at("tokens")).write("d", Uint8Array.of(1));
    expect((await readdir(at("tokens"))).sort()).toEqual([`b.${process.pid}`, "c", "d"]);
    await writeFile(at("tokens", `r.json.${gone}.new`), "half");
    await writeFile(at("tokens", `r.json.${process.ppid}.new`), "half");
    await replaceFile(at("tokens", "r.json"), "whole");
    expect((await readdir(at("tokens"))).filter((name) => name.startsWith("r."))).toEqual([
      "r.json",
      `r.json.${process.ppid}.new`,
    ]);
    await rm(at("tokens"), { recursive: true });
  });
});

describe("two processes and one run", () => {
  const lock = () => at("one.json.snapshots.lock");

  it("the second is refused, whether it begins or goes on, until the first has ended", async () => {
    await writeFile(lock(), `${process.ppid}\n`); // a process that lives
    for (const args of [
      [...RUN, "--out", at("one.json")],
      ["run", "--resume", at("one.json"), "--quiet"],
      [...RUN, "--resume", at("one.json")],
    ]) {
      const said = await callLab(...args);
      expect(said).toMatchObject({ code: 2, out: "" });
      expect(said.err).toContain(`one.json: process ${process.ppid} is at work on this run`);
    }
    expect(await readFile(lock(), "utf8")).toBe(`${process.ppid}\n`);
    await rm(lock());
  });

  it("of a killed process is taken over, and released at the end", async () => {
    await writeFile(lock(), `${deadPid()}\n`);
    expect(await callLab(...RUN, "--out", at("one.json"))).toMatchObject({ code: 0 });
    expect(existsSync(lock())).toBe(false);
    await writeFile(lock(), "");
    expect(await callLab("run", "--resume", at("one.json"), "--quiet")).toMatchObject({ code: 0 }); // ended already
    expect(existsSync(lock())).toBe(false);
    const missing = await callLab("run", "--resume", at("none", "one.json"));
    expect(missing).toMatchObject({ code: 2 });
    expect(existsSync(at("none"))).toBe(false);
  }, 60_000);

  it("a process that a signal ends takes all its locks with it", async () => {
    const place = await mkdtemp(path.join(dir, "locks-"));
    const code = `
      import { takeLock } from ${JSON.stringify(new URL("files/lockFile.ts", import.meta.url).href)};
      for (const name of ["a", "b"]) await takeLock(name, name);
      process.kill(process.pid, "SIGTERM");
      setTimeout(() => undefined, 20_000);`;
    const options = ["--import", "tsx", "--input-type=module", "--eval", code];
    // tsx is found from here, not from the folder with the locks
    const ended = spawnSync(process.execPath, options.with(1, import.meta.resolve("tsx")), { cwd: place });
    expect([ended.signal, ended.stderr.toString()]).toEqual(["SIGTERM", ""]);
    expect(await readdir(place)).toEqual([]);
  }, 30_000);

  it("of many that see one dead lock, one has it", async () => {
    await writeFile(lock(), `${deadPid()}\n`);
    const taken = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(lock(), "one.json")));
    const held = taken.filter(({ status }) => status === "fulfilled");
    expect(held).toHaveLength(1);
    if (held[0]?.status === "fulfilled") await held[0].value();
    expect(existsSync(lock())).toBe(false);
  });
});
