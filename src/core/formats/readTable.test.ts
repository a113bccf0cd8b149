// Tables of every ending give the same rows, and a row that does not fit its header is named by its place.
import { describe, expect, it } from "vitest";
import { readTable } from "./readTable.ts";
import { readTmx } from "./readTmx.ts";
import { memoryFile } from "./sourceFile.ts";
import { optionalText, textField } from "./tableRow.ts";

async function rows(name: string, content: string) {
  const found = [];
  for await (const row of readTable(memoryFile(name, content))) found.push(row);
  return found;
}

describe("readTable", () => {
  it.each([
    ["a.tsv", "id\ttext\nq1\tä “b”\n", "a.tsv line 2"],
    ["a.TSV", "\ufeffid\ttext\r\nq1\tä “b”\r\n", "a.TSV line 2"],
    ["a.csv", "id,text\nq1,ä “b”\n", "a.csv row 1"],
    ["a.jsonl", '{"id":"q1","text":"ä “b”"}\n', "a.jsonl line 1"],
    ["a.ndjson", '\n{"id":"q1","text":"ä “b”"}', "a.ndjson line 2"],
  ])("of %s gives fields by name, and where they stand", async (name, content, where) => {
    expect(await rows(name, content)).toEqual([{ fields: { id: "q1", text: "ä “b”" }, where }]);
  });

  it.each([
    ["semicolons", 'query;passage\nwo?;"a; b, c"\n', { query: "wo?", passage: "a; b, c" }],
    ["tabs", "\r\nquery\tpassage\r\nwo?\thier, da\r\n", { query: "wo?", passage: "hier, da" }],
    ["commas", "query,pass;age\nwo?,hier; da\n", { query: "wo?", "pass;age": "hier; da" }],
  ])("takes %s between a CSV's columns, as its header has them", async (_, text, fields) => {
    expect(await rows("a.csv", text)).toMatchObject([{ fields }]);
  });

  it("takes a tab-separated field as it stands: quotes, commas and empty ones", async () => {
    const [first, second] = await rows("a.tsv", 'id\ttext\n"1"\t"a, b\n\n2\t\n');
    expect(first!.fields).toEqual({ id: '"1"', text: '"a, b' });
    expect(second).toEqual({ fields: { id: "2", text: "" }, where: "a.tsv line 4" });
  });

  it("gives no row for a header alone or an empty file", async () => {
    for (const [name, content] of [
      ["a.tsv", "id\ttext\n"],
      ["a.tsv", ""],
      ["a.csv", "id,text\n"],
      ["a.jsonl", "\n\n"],
    ] as const)
      expect(await rows(name, content), name).toEqual([]);
  });

  it.each([
    ["a.tsv", "id\ttext\nq1\n", "a.tsv line 2: has 1 fields, the header has 2"],
    ["a.tsv", "id\ttext\nq1\ta\tb\n", "a.tsv line 2: has 3 fields, the header has 2"],
    ["a.tsv", "id\tid\nq1\ta\n", "a.tsv line 1: has two columns named id"],
    ["a.jsonl", "[1]\n", "a.jsonl line 1: must be an object of columns, got a list"],
    ["a.jsonl", '{"id":1}\n{"id":\n', "a.jsonl line 2 is not JSON"],
    ["a.txt", "x", "a.txt: is no table; its name must end in .jsonl, .csv, .tsv or .parquet"],
    ["tsv", "x", "tsv: is no table"],
  ])("refuses %s of %j", async (name, content, message) => {
    await expect(rows(name, content)).rejects.toThrow(message);
  });
});

describe("a field as text", () => {
  const row = { fields: { id: 7, big: 2n ** 60n, text: "", none: null, list: [1] }, where: "a line 1" };

  it("is spelled out, the first of the names that has one", () => {
    expect([textField(row, "id"), textField(row, "big"), textField(row, "x", "id")]).toEqual([
      "7",
      "1152921504606846976",
      "7",
    ]);
    expect(textField(row, "text", "id")).toBe(""); // empty, and there
    expect([optionalText(row, "none"), optionalText(row, "x"), optionalText(row, "none", "id")]).toEqual([
      "",
      "",
      "7",
    ]);
  });

  it("is asked for by name where there is none", () => {
    expect(() => textField(row, "x")).toThrow("a line 1: has no text in x; it has id, big, text, none, list");
    const hintOf = (...names: string[]) => {
      const fields = Object.fromEntries(names.map((name) => [name, "x"]));
      return () => textField({ fields, where: "a.csv row 1" }, "query", "text");
    };
    expect(hintOf("Query", "id")).toThrow(
      /it has Query, id; "Query" is not "query": names count to the letter$/,
    );
    expect(hintOf("query;positive")).toThrow(/its columns seem to be parted by ";": a .csv has commas$/);
    expect(hintOf("query\tpositive")).toThrow(/its columns seem to be parted by tabs, as in a .tsv: a .csv/);
    expect(hintOf("id", "a;b")).toThrow(/it has id, a;b$/);
    expect(() => textField(row, "none")).toThrow("a line 1: none is null, must be a text");
    expect(() => textField(row, "list")).toThrow("a line 1: list is a list, must be a text");
    expect(() => optionalText(row, "list")).toThrow("list is a list, must be a text");
  });
});

describe("a header", () => {
  it.each(["t.csv", "t.tsv"])("means its names without the blanks around them: %s", async (name) => {
    const between = name.endsWith("csv") ? "," : "\t";
    const text = ["query ", " positive", "a b"].join(between) + "\n" + ["q", " p", "x"].join(between) + "\n";
    const rows = [];
    for await (const { fields } of readTable(memoryFile(name, text))) rows.push(fields);
    expect(rows).toEqual([{ query: "q", positive: " p", "a b": "x" }]);
  });
});

describe("readTmx", () => {
  const tmx = (units: string) =>
    memoryFile("a.tmx", `<?xml version="1.0"?>\n<tmx><body>\n${units}\n</body></tmx>`);
  const unit = (inner: string) => `<tu tuid="1">${inner}</tu>`;
  const side = (lang: string, text: string) => `<tuv xml:lang="${lang}"><seg>${text}</seg></tuv>`;

  it("keeps the text of markup within a segment, of CDATA and of entities, and nothing outside", async () => {
    const inner = `<note>not this</note>${side("en", ' a <bpt i="1">&lt;b&gt;</bpt>c<![CDATA[ & d ]]> ')}${side("sw", "")}`;
    const [found] = await readTmx(tmx(unit(inner)));
    expect([...found!.texts]).toEqual([
      ["en", "a <b>c & d"],
      ["sw", ""],
    ]);
    expect([found!.id, found!.where]).toEqual(["1", "a.tmx line 3"]);
  });

  it("needs no id of a unit", async () => {
    const [found] = await readTmx(tmx(`<tu>${side("en", "a")}</tu>`));
    expect([found!.id, found!.texts.get("en")]).toEqual([undefined, "a"]);
  });

  it.each([
    [unit("<tuv><seg>a</seg></tuv>"), "a.tmx line 3: <tuv> has no xml:lang"],
    [unit(side("en", "a") + side("en", "b")), 'a.tmx line 3: unit 1 has two texts in "en"'],
    ["<seg>a</seg>", "a.tmx line 3: <seg> stands outside a <tu>"],
    [unit("<tuv xml:lang='en'><seg>a</tuv>"), "is not well-formed XML"],
    [unit(side("en", "&undefined;")), "is not well-formed XML"],
  ])("refuses %s", async (units, message) => {
    await expect(readTmx(tmx(units))).rejects.toThrow(message);
  });

  it("refuses a file that ends within, and never expands entities of its own", async () => {
    await expect(readTmx(memoryFile("a.tmx", '<tmx><body><tu tuid="1">'))).rejects.toThrow(
      "is not well-formed XML",
    );
    const bomb =
      '<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx><body><tu tuid="1"><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>';
    await expect(readTmx(memoryFile("a.tmx", bomb))).rejects.toThrow("is not well-formed XML");
  });
});
