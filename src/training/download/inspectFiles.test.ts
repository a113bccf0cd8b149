// Given files before they are added: what they are, the head of a table, and choices carried out.
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { recordJson } from "../../core/export/recordJson.ts";
import { memoryFile } from "../../core/formats/sourceFile.ts";
import { STUDY_SCHEMA } from "../../core/study/study.ts";
import { testRecord } from "../../testing/testRecord.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { readShard } from "../data/readShard.ts";
import { importFiles } from "./importFiles.ts";
import { inspectFiles } from "./inspectFiles.ts";

const XQUAD = { id: "xquad-r" } as CatalogEntry; // only its id is asked for
const LANGS = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];
const signal = new AbortController().signal;

describe("inspectFiles", () => {
  it("knows a set of the catalogue by its names, and reads nothing of it", async () => {
    const files = LANGS.map((lang) => memoryFile(`x/${lang}.json`, "no JSON at all"));
    expect(await inspectFiles(files, [XQUAD])).toMatchObject({ known: ["xquad-r"], title: "x" });
  });

  it("shows the first rows of a table as text, with the columns that tools name", async () => {
    const table = memoryFile("pets.csv", "frage,antwort,n\nwo?,hier,1\nwer?,ich,2\nwas?,das,3\nwie?,so,4\n");
    const own = memoryFile("b.csv", "frage,antwort,n\n");
    expect(await inspectFiles([table, own], [])).toEqual({
      known: [],
      formats: ["pairs"],
      title: "pets",
      table: {
        problem: "b.csv: has no rows",
      },
    });
    expect(await inspectFiles([table], [])).toMatchObject({
      table: { columns: ["frage", "antwort", "n"], suggested: {}, others: 0, rows: [{ n: "1" }, {}, {}] },
    });
  });

  it("shows the first of listed passages", async () => {
    const line = { query: "q", positive_passages: [{ title: "t", text: "yes" }], negative_passages: [] };
    const { table } = await inspectFiles([memoryFile("a.jsonl", `${JSON.stringify(line)}\n`)], []);
    expect(table).toMatchObject({
      suggested: { query: "query", positive: "positive_passages" },
      rows: [{ positive_passages: "yes", negative_passages: "" }],
    });
  });

  it("shows cells of every kind that a Parquet file holds, and long ones cut between characters", async () => {
    const columnData = [
      { name: "id", data: [2n ** 53n + 1n], type: "INT64" as const },
      { name: "when", data: [new Date(Date.UTC(2020, 0, 2))], type: "TIMESTAMP" as const },
      { name: "score", data: [0.5], type: "DOUBLE" as const },
      { name: "ok", data: [true], type: "BOOLEAN" as const },
      { name: "question", data: ["x".repeat(199) + "😀 and more"], type: "STRING" as const },
    ];
    const file = memoryFile("a.parquet", new Uint8Array(parquetWriteBuffer({ columnData })));
    expect((await inspectFiles([file], [])).table).toMatchObject({
      suggested: { query: "question" },
      rows: [
        {
          id: "9007199254740993",
          when: "2020-01-02T00:00:00.000Z",
          score: "0.5",
          ok: "true",
          question: `${"x".repeat(199)} …`,
        },
      ],
    });
  });

  it("says what a folder's name decides, what cannot be read, and that fields stand in quotes", async () => {
    const files = [
      memoryFile("ms/corpus.tsv", '_id\ttext\nd\t"maji"\n'),
      memoryFile("ms/queries.tsv", "_id\ttext\nq\t?\n"),
      memoryFile("ms/qrels/test.tsv", "q\td\t1\n"),
      memoryFile("ms/more.7z", "any"),
    ];
    const summary = await inspectFiles(files, []);
    expect(summary).toMatchObject({
      formats: ["beir", "pairs"],
      named: { name: "ms", query: "ms", passage: "ms" },
      quoted: true,
      unreadable: [expect.stringMatching(/^ms\/more\.7z: is packed with 7-Zip/) as string],
    });
  });

  it("shows a TSV whose quoted field goes over two lines, which needs its quotes stripped", async () => {
    const summary = await inspectFiles([memoryFile("a.tsv", 'query\tpassage\n"one\ntwo"\tx\n')], []);
    expect(summary).toMatchObject({ quoted: true, table: { rows: [{ query: "one\ntwo", passage: "x" }] } });
  });

  it("says what a pair of languages in a table's path decides", async () => {
    const table = memoryFile("x/en-sw/a.jsonl", '{"english":"water","non_english":"maji"}\n');
    expect((await inspectFiles([table], [])).named).toEqual({ name: "en-sw", query: "en", passage: "sw" });
    expect((await inspectFiles([memoryFile("sw/a.csv", "query,passage\nx,y\n")], [])).named).toBeUndefined();
  });

  it("takes a table of translations for a parallel text", async () => {
    const table = memoryFile("a.jsonl", '{"translation":{"en":"water","sw":"maji"}}\n');
    expect((await inspectFiles([table], [])).formats).toEqual(["parallel", "pairs"]);
    expect((await inspectFiles([memoryFile("a.en", "x\n"), memoryFile("a.sw", "y\n")], [])).formats).toEqual([
      "parallel",
    ]);
  });

  it("says where a file of the lab is opened, packed or not, whatever its name", async () => {
    const record = recordJson(testRecord);
    for (const file of [memoryFile("run.json", record), memoryFile("x.json.gz", gzipSync(record))])
      await expect(inspectFiles([file], [])).rejects.toThrow(
        / is a run record of the lab; “Open run\.json” beside the runs opens it$/,
      );
    const study = memoryFile("s.json", JSON.stringify({ schema: STUDY_SCHEMA, title: "t" }));
    await expect(inspectFiles([study], [])).rejects.toThrow("s.json is a study of the lab; the view Study");
  });

  it("says in one sentence that files are nothing", async () => {
    await expect(inspectFiles([memoryFile("notes.txt", "")], [])).rejects.toThrow(
      "notes.txt is no complete dataset: neither all files of one in the catalogue nor BEIR",
    );
  });
});

describe("importFiles with choices", () => {
  const table = memoryFile("pets.csv", "frage,antwort,pos,sprache\nwo?,hier,x,\nwhere?,here,x,en\n");
  const add = async (choices: Parameters<typeof importFiles>[1]["choices"]) => {
    const store = createMemoryStore(null);
    const [manifest] = await importFiles([table], {
      entries: [],
      store,
      signal,
      onProgress: () => undefined,
      ...(choices && { choices }),
    });
    const rows = await Promise.all(
      manifest!.shards.map((shard) => readShard(store.source(manifest!.id), shard)),
    );
    return {
      manifest: manifest!,
      texts: rows
        .flat()
        .map(({ text }) => text)
        .sort(),
    };
  };
  const columns = { query: "frage", positive: "antwort", queryLang: "sprache", passageLang: "sprache" };

  it("reads columns by their own names, and languages that rows do not name", async () => {
    const { manifest, texts } = await add({ title: "Haustiere!", licence: "CC0-1.0", lang: "de", columns });
    expect(manifest).toMatchObject({
      id: "haustiere",
      title: "Haustiere!",
      licence: "CC0-1.0",
      languages: ["de", "en"],
    });
    expect(texts).toEqual(["here", "hier", "where?", "wo?"]);
  });

  it("keeps the languages that were asked for, and says when there is none", async () => {
    expect((await add({ lang: "de", columns, languages: ["de"] })).texts).toEqual(["hier", "wo?"]);
    await expect(add({ lang: "de", columns, languages: ["sw"] })).rejects.toThrow(
      "no text is in sw; the files are in de, en",
    );
  });

  it("names what a chosen format needs", async () => {
    await expect(add({ format: "beir" })).rejects.toThrow("pets: as BEIR or MTEB folder");
  });

  it("keeps sets of one's own apart by their names, and replaces one only when asked", async () => {
    const store = createMemoryStore(null);
    const add = (title: string, text: string, replace = false) =>
      importFiles([memoryFile("a.csv", `query,passage\n${text},${text}\n`)], {
        entries: [XQUAD],
        choices: { title, replace },
        store,
        signal,
        onProgress: () => undefined,
      });
    const [first] = await add("データ", "one");
    const [second] = await add("資料", "two");
    const [third] = await add("XQuAD-R", "three"); // a name of the catalogue
    expect(await store.list()).toEqual([first!.id, second!.id, third!.id].sort());
    expect(third!.id).toBe("own-xquad-r");
    await expect(add("データ", "four")).rejects.toThrow("データ: a set of this name is here already");
    expect((await store.source(first!.id).manifest()).sha256).toBe(first!.sha256);
    const [fourth] = await add("データ", "four", true);
    expect((await store.source(first!.id).manifest()).sha256).toBe(fourth!.sha256);
  });
});
