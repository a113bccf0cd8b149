// Files of one's own, by page and by command line: one way in, so one manifest.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { parseCatalog } from "../../core/data/catalog.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { belebeleFiles, nanoFiles } from "../../testing/hubSets.ts";
import { beirFolder, miraclFolder, mtebFolder, type FolderFiles } from "../../testing/ownFolders.ts";
import { createMemoryStore, encodeManifest } from "../../training/data/shardStore.ts";
import { importHandlers } from "../../workers/data/importHost.ts";
import { exitCode } from "./commandIo.ts";
import { dataCommand } from "./dataCommand.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lab-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function write(files: FolderFiles): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(home, name)), { recursive: true });
    await writeFile(path.join(home, name), content);
  }
}

async function byCommand(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await exitCode(() => dataCommand(["add", ...args], io, { home }), io);
  return { code, out, err: err.join("\n") };
}

/** What the page's worker does with the same files, each named as a browser names it. */
async function byPage(files: FolderFiles, choices: ImportChoices) {
  const catalog = parseCatalog(
    JSON.parse(await readFile("public/datasets/catalog.json", "utf8")),
    "catalogue",
  );
  let written: Manifest | undefined;
  const handlers = importHandlers(
    {
      catalog: () => Promise.resolve(catalog),
      describe: (manifest) => {
        written = manifest;
        return { id: manifest.id } as never; // nobody reads it here
      },
      store: Promise.resolve(createMemoryStore(null)),
      downloads: new Promise(() => undefined), // nothing is downloaded here
    },
    () => undefined,
  );
  const given = Object.entries(files).map(([name, content]) => ({
    path: name,
    file: new File([content as Uint8Array<ArrayBuffer>], path.basename(name)),
  }));
  await handlers.importFiles({ files: given, choices });
  return new TextDecoder().decode(encodeManifest(written!));
}

const below = (folder: string, files: FolderFiles): FolderFiles =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

describe("one folder gives one manifest, byte for byte, by page and by command line", () => {
  const table = "frage,antwort,sprache\nwo?,hier,de\nwhere?,here,\n,nobody asked,\n";
  it.each<[string, FolderFiles, ImportChoices, string[]]>([
    ["beirs", below("beirs", beirFolder()), {}, []],
    ["mtebs", below("mtebs", mtebFolder()), { licence: "CC0-1.0" }, ["--licence", "CC0-1.0"]],
    ["miracl", below("miracl", miraclFolder()), { only: ["miracl"] }, []],
    ["belebele", below("belebele", belebeleFiles()), { languages: ["sw", "en"] }, ["--langs", "sw,en"]],
    ["nanobeir-nq", below("nanobeir-nq", nanoFiles("NQ", "flat")), {}, []],
    ["sw", { "sw/corpus.jsonl": '{"_id":"d","text":"maji"}\n', "sw/queries.jsonl": '{"_id":"q","text":"moto"}\n', "sw/qrels/test.tsv": "q\td\t1\n" }, {}, []], // prettier-ignore
    [
      "pets",
      { "pets/a.csv": table, "pets/.DS_Store": "no data" },
      {
        columns: { query: "frage", positive: "antwort", queryLang: "sprache" },
        lang: "sw",
        languages: ["de", "sw"],
      },
      ["--columns", "query=frage,positive=antwort,queryLang=sprache", "--lang", "sw", "--langs", "de,sw"],
    ],
  ])("%s", async (id, files, choices, args) => {
    await write(files);
    const added = await byCommand(id, "--from", path.join(home, id), ...args);
    expect(added.err).toBe("");
    const manifest = await readFile(path.join(home, "datasets", id, "manifest.json"), "utf8");
    expect(await byPage(files, choices)).toBe(manifest);
  });
});

describe("an own set whose id is taken", () => {
  const pairs = (word: string): FolderFiles => ({ "d.tsv": `query\tpassage\n${word}?\t${word}\n` });

  it("is replaced by command line, whose user typed the id, and that is said", async () => {
    await write(pairs("one"));
    const first = await byCommand("mine", "--from", path.join(home, "d.tsv"));
    await write(pairs("two"));
    const second = await byCommand("mine", "--from", path.join(home, "d.tsv"));
    const sha256 = first.out.at(-1)!.split("sha256 ")[1];
    expect(second.out).toContain(
      `mine: takes the place of the set of that name that was here, sha256 ${sha256}`,
    );
    const again = await byCommand("mine", "--from", path.join(home, "d.tsv"));
    expect(again.out.some((line) => line.includes("takes the place"))).toBe(false); // equal to the last
  });
});

describe("files that are not read", () => {
  const rows = '{"query":"maji?","positive":"maji moto"}\n';

  it("are refused where the set needs them, and named where it does not", async () => {
    await write({
      "a/train.jsonl": rows,
      "a/more.jsonl.xz": "any",
      "b/train.jsonl": rows,
      "b/images.7z": "any",
      "b/notes.txt": "",
    });
    const needed = await byCommand("mine", "--from", path.join(home, "a"));
    expect([needed.code, needed.err]).toEqual([2, `${path.join(home, "a")}: a/more.jsonl.xz: is packed with xz, which the lab does not unpack; unpack it first (it reads zip, tar and gzip)`]); // prettier-ignore
    const beside = await byCommand("mine", "--from", path.join(home, "b"));
    expect(beside.out.find((line) => line.startsWith("Noted: not used"))).toBe(
      "Noted: not used: b/images.7z: is packed with 7-Zip, which the lab does not unpack; unpack it first (it reads zip, tar and gzip); b/notes.txt",
    );
  });

  it("are what is told where nothing else is there", async () => {
    await write({ "data.rar": "any", "p/train.parquet": `version https://git-lfs.example/spec/v1\noid sha256:${"0".repeat(64)}\nsize 7\n` }); // prettier-ignore
    expect((await byCommand("mine", "--from", path.join(home, "data.rar"))).err).toContain(
      "data.rar: is packed with RAR",
    );
    const pointer = await byCommand("mine", "--from", path.join(home, "p"));
    expect(pointer.err).toBe(
      `${path.join(home, "p")}: p/train.parquet: is a Git LFS pointer to 7 bytes, not the file itself; run "git lfs pull" in the folder it was cloned to`,
    );
  });
});

it("a set without a query or without a passage is not added", async () => {
  await write({ "e/a.jsonl": "", "n/a.jsonl": '{"query":null,"positive":"x"}\n' });
  const empty = await byCommand("mine", "--from", path.join(home, "e"));
  expect(empty.err).toBe(`${path.join(home, "e")}: mine: no queries and no passages in the files`);
  const nulls = await byCommand("mine", "--from", path.join(home, "n"));
  expect(nulls.err).toContain(
    "mine: no queries and no passages in the files. Left out once: rows without a query",
  );
});

it("options that a set or a format does not take are refused, none is swallowed", async () => {
  await write({ "sw/corpus.jsonl": '{"_id":"d","text":"maji"}\n', "sw/queries.jsonl": '{"_id":"q","text":"moto"}\n', "sw/qrels/test.tsv": "q\td\t1\n" }); // prettier-ignore
  const from = ["--from", path.join(home, "sw")];
  for (const [args, message] of [
    [
      ["mine", ...from, "--columns", "query=text"],
      "mine: columns cannot be said of files read as BEIR or MTEB folder",
    ],
    [["mine", ...from, "--columns", "query=a,query=b"], "--columns: query is named twice"],
    [
      ["xquad-r", ...from, "--title", "Mine"],
      "xquad-r is in the catalogue, which says that; leave out --title",
    ],
    [
      ["mine", ...from, "--passage-lang", "xx-YY"],
      '--passage-lang: "xx-YY" is no language code such as "sw"',
    ],
  ] as const) {
    const { code, err } = await byCommand(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  }
});
