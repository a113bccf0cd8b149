// Columns of pairs: any number of negatives, lists, empty cells, and columns that are not there.
import { describe, expect, it } from "vitest";
import { createReport } from "../converters/converter.ts";
import { memoryFile } from "../formats/sourceFile.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { createPairsConverter } from "./trainingPairs.ts";

async function convert(rows: readonly object[], columns?: FormatOptions["columns"]) {
  const report = createReport();
  const options = { lang: "sw", ...(columns && { columns }) };
  const file = memoryFile("t.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const queries: string[] = [];
  const passages: string[] = []; // "text" of a negative, "text +" of an answer
  for await (const { side, record } of createPairsConverter("mine", options).convert([file], report)) {
    if (side === "queries") queries.push(record.text);
    else passages.push(record.concepts.length > 0 ? `${record.text} +` : record.text);
  }
  return { queries, passages, notes: report.notes() };
}

const row = (more: object) => ({ query: "q", positive: "p", ...more });

describe("rows of one concept", () => {
  const TABLE = `concept,lang,question,answer
1,en,where does bread come from,the bakery
1,de,woher kommt Brot,die Bäckerei
1,de,wo gibt es Brot,die Bäckerei
2,en,where do books live,the library
,en,where do books live,a shelf
`;
  const records = async () => {
    const all: unknown[] = [];
    const file = memoryFile("small.csv", TABLE);
    const report = createReport();
    for await (const { record } of createPairsConverter("mine").convert([file], report)) {
      const { _id, split, ...rest } = record;
      all.push([_id, split, "concepts" in rest ? rest.concepts.join(" ") : rest.concept]);
    }
    return { all, notes: report.notes() };
  };

  it("mean the same in every language, and one row without one means what its question does", async () => {
    const { all, notes } = await records();
    expect(all).toEqual([
      ["en:q0", "train", "q0"],
      ["de:q0", "train", "q0"],
      ["de:q0.2", "train", "q0"], // the same asked in other words
      ["en:q1", "train", "q1"],
      ["en:q2", "train", "q2"],
      ["en:p0", "any", "q0"],
      ["de:p1", "any", "q0"],
      ["en:p2", "any", "q1"],
      ["en:p3", "any", "q2"],
    ]);
    expect(notes).toEqual([]);
  });
});

describe("negatives", () => {
  const names = (n: number, name: (i: number) => string) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [name(i + 1), `n${i + 1}`]));
  const ordered = (n: number) => ["p +", ...Array.from({ length: n }, (_, i) => `n${i + 1}`)];

  it.each([
    [12, (i: number) => `negative_${i}`],
    [9, (i: number) => `neg${i}`],
    [3, (i: number) => `hard_negative_${i}`],
  ])("are read in any number: %i columns, in the order of their numbers", async (n, name) => {
    expect((await convert([row(names(n, name))])).passages).toEqual(ordered(n));
  });

  it("may stand in lists, of texts and of objects, in any column of theirs", async () => {
    const rows = [row({ negative: ["n1", { title: "T", text: "n2" }, null, " "], negative_1: "n3" })];
    expect((await convert(rows)).passages).toEqual(["p +", "n1", "T\nn2", "n3"]);
    expect((await convert([{ query: "q", positive: ["p1", "p2"] }])).passages).toEqual(["p1 +", "p2 +"]);
  });

  it("come with the numbered siblings of a declared column, and only those", async () => {
    const rows = [row({ bad: "n1", bad_2: "n2", badly: "no", negative: "no" })];
    const { passages, notes } = await convert(rows, { negative: "bad" });
    expect(passages).toEqual(["p +", "n1", "n2"]);
    expect(notes).toContain("Noted: not used: columns badly, negative");
  });
});

describe("a column that is not there", () => {
  it.each([
    [{ negative: "hard_negs" }, 'there is no column "hard_negs" for negative'],
    [{ split: "fold" }, 'there is no column "fold" for split'],
    [{ label: "Label" }, 'there is no column "Label" for label'],
    [{ queryLang: "lng" }, 'there is no column "lng" for queryLang'],
  ])("is refused with the columns that are: %j", async (columns, message) => {
    await expect(convert([row({ hard_neg: "n", lang: "sw" })], columns)).rejects.toThrow(
      `${message}; the columns are query, positive, hard_neg, lang`,
    );
  });

  it("is told from a language by the option that states one", async () => {
    await expect(convert([row({})], { passageLang: "yo" })).rejects.toThrow(
      'there is no column "yo" for passageLang; the columns are query, positive; for one language of all rows: --passage-lang',
    );
  });

  it("may be missing in some rows, and is named where nothing is read from it", async () => {
    const { passages, notes } = await convert([row({}), row({ query: "r", bad: "n", source: "x" })], {
      negative: "bad",
    });
    expect(passages).toEqual(["p +", "n"]);
    expect(notes).toEqual(["Noted: not used: columns source"]);
  });

  it("cannot be both query and passage", async () => {
    await expect(convert([row({})], { query: "query", positive: "query" })).rejects.toThrow(
      "column query cannot be both query and passage",
    );
  });
});

it("a row that names no language is told once, both its sides together", async () => {
  const report = createReport();
  const file = memoryFile("t.tsv", '"query"\t"positive"\nq\tp\nr\ts\n'); // a header in quotes names the columns inside
  const records = [];
  for await (const { record } of createPairsConverter("mine").convert([file], report))
    records.push(record.text);
  expect(records.sort()).toEqual(["p", "q", "r", "s"]);
  expect(report.notes()).toEqual([
    "Noted: 2 rows that name no language; English is assumed (first: t.tsv line 2)",
  ]);
});

it.each([
  ["t.tsv", { lang: "en-US", passageLang: "en" }, "en", 1],
  ["nb-no.tsv", {}, "no", 2],
  ["zh_Hant-zh.tsv", {}, "zh zh-Hant", 1],
] as const)(
  "pairs in one language under two names are in one: %s %j",
  async (name, options, languages, nNotes) => {
    const report = createReport();
    const file = memoryFile(name, "query\tpositive\nq\tp\n");
    const langs = new Set<string>();
    for await (const { record } of createPairsConverter("mine", options).convert([file], report))
      langs.add(record.lang);
    expect([...langs].sort().join(" ")).toBe(languages);
    expect(report.notes()).toHaveLength(nNotes);
  },
);

describe("empty cells", () => {
  it.each([
    ["null", null],
    ["an empty text", ""],
    ["a missing key", undefined],
  ])("of a query or a passage are counted: %s", async (_, empty) => {
    const rows = [row({}), row({ query: empty }), row({ query: "r", positive: empty })];
    const { queries, notes } = await convert(rows);
    expect(queries).toEqual(["q"]);
    expect(notes).toEqual([
      "Left out: 2 rows without a query or without a positive passage (first: t.jsonl line 2)",
    ]);
  });

  it("are no excuse for a table without such a column", async () => {
    await expect(convert([{ q: "q", positive: "p" }])).rejects.toThrow(
      /t.jsonl line 1: has no text in query or .*; it has q, positive/,
    );
  });
});
