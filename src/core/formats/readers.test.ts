// Text, JSON, CSV and TMX readers: what they give, and that every refusal names file and place.
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { readCsv } from "./readCsv.ts";
import { readJson, readJsonLines } from "./readJson.ts";
import { readLines, readText } from "./readText.ts";
import { readTmx } from "./readTmx.ts";
import { memoryFile, type SourceFile } from "./sourceFile.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
const texts = async (file: SourceFile) => (await all(readLines(file))).map(({ text }) => text);

/** The bytes cut into chunks at the given places, as a network would. */
function choppedFile(bytes: Uint8Array, cuts: readonly number[]): SourceFile {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return {
    ...memoryFile("t.txt", bytes),
    stream: () =>
      new ReadableStream({
        start(controller) {
          at.slice(1).forEach((end, i) => controller.enqueue(bytes.slice(at[i], end)));
          controller.close();
        },
      }),
  };
}

describe("readLines", () => {
  it("splits at \\n and \\r\\n, keeps empty lines, and takes an unfinished last one", async () => {
    expect(await texts(memoryFile("a", "one\r\n\ntwo\u2028still two\nthree"))).toEqual([
      "one",
      "",
      "two\u2028still two",
      "three",
    ]);
    expect(await texts(memoryFile("a", ""))).toEqual([]);
    expect(await texts(memoryFile("a", "\n"))).toEqual([""]);
    expect(await texts(memoryFile("a", "\ufeffone\n\ufefftwo"))).toEqual(["one", "\ufefftwo"]);
  });

  it("gives the same lines however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "grapheme" }).map((s) => s.replaceAll(/[\r\n\ufeff]/g, " "))),
        fc.array(fc.nat(1000)),
        async (lines, cuts) => {
          const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
          expect(await texts(choppedFile(bytes, cuts))).toEqual(lines);
        },
      ),
    );
  });

  it("names the line that is not UTF-8 or too long", async () => {
    const bad = new Uint8Array([97, 10, 98, 0xc3, 10, 99]);
    await expect(texts(memoryFile("a.txt", bad))).rejects.toThrow(/^a\.txt line 2: is not UTF-8/);
    await expect(all(readLines(memoryFile("a.txt", "ok\ntoo long\n"), 5))).rejects.toThrow(
      /^a\.txt line 2: is longer/,
    );
  });
});

it("readText refuses what is larger than its limit", async () => {
  expect(await readText(memoryFile("a", "\ufeff12345"), 8)).toBe("12345"); // a mark of three bytes, not in the text
  await expect(readText(memoryFile("a", "123456789"), 8)).rejects.toThrow(/^a: is larger than/);
});

describe("JSON", () => {
  const schema = v.object({ id: v.string("must be a text") });
  it("is checked by field, in a file and by line", async () => {
    expect(await readJson(memoryFile("a.json", '{"id":"x"}'), schema)).toEqual({ id: "x" });
    await expect(readJson(memoryFile("a.json", '{"id":1}'), schema)).rejects.toThrow(
      "a.json: id: must be a text",
    );
    const rows = await all(readJsonLines(memoryFile("a.jsonl", '{"id":"x"}\n\n{"id":"y"}'), schema));
    expect(rows.map(({ value, where }) => [value.id, where])).toEqual([
      ["x", "a.jsonl line 1"],
      ["y", "a.jsonl line 3"],
    ]);
    const python = memoryFile("a.jsonl", '{"id":"is \\"NaN\\"","n":NaN}');
    expect((await all(readJsonLines(python, v.unknown())))[0]!.value).toEqual({ id: 'is "NaN"', n: null });
    const cut = memoryFile("a.jsonl", '{"id":"x"}\n{"id":');
    await expect(all(readJsonLines(cut, schema))).rejects.toThrow(/^a\.jsonl line 2 is not JSON: /);
  });
});

describe("readCsv", () => {
  it("takes quotes, line breaks and commas in fields", async () => {
    const rows = await readCsv(memoryFile("a.csv", 'id,text\n1,"a ""b"",\nc"\n2,d\n'), ["id", "text"]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      { id: "1", text: 'a "b",\nc' },
      { id: "2", text: "d" },
    ]);
    expect(rows[1]!.where).toBe("a.csv row 2");
  });
  it.each([
    ["id,text\n1\n", "a.csv row 1: "],
    ["id,text\n1,a,b\n", "a.csv row 1: "],
    ['id,text\n1,"a\n', "a.csv row 1: "],
    ["id\n1\n", "a.csv: has no column text; its columns are id"],
    ["id,text,id\n1,a,2\n", "a.csv: has two columns named id"],
  ])("refuses %j", async (text, message) => {
    await expect(readCsv(memoryFile("a.csv", text), ["id", "text"])).rejects.toThrow(message);
  });
});

describe("readTmx", () => {
  const tmx = (body: string) =>
    memoryFile("a.tmx", `<?xml version="1.0"?>\n<tmx><body>\n${body}\n</body></tmx>`);
  it("gives units with their texts, markup and entities resolved", async () => {
    const [unit] = await readTmx(
      tmx(
        '<tu tuid="d:1"><tuv xml:lang="en"><seg> a &amp; <hi>b</hi> </seg></tuv><tuv xml:lang="sw"><seg>c</seg></tuv></tu>',
      ),
    );
    expect(unit!.id).toBe("d:1");
    expect([...unit!.texts]).toEqual([
      ["en", "a & b"],
      ["sw", "c"],
    ]);
  });
  it.each([
    ["<tu><tuv/></tu>", "line 3: <tuv> has no xml:lang"],
    ['<tu tuid="1"><tuv><seg>a</seg></tuv></tu>', "line 3: <tuv> has no xml:lang"],
    ['<tu tuid="1"><tuv xml:lang="en"><seg>a</seg></tuv>', "is not well-formed XML"],
    ['<tu tuid="1"><tuv xml:lang="en"><seg>a</seg><seg>b</seg></tuv></tu>', 'unit 1 has two texts in "en"'],
    ["&bomb;", "line 3: is not well-formed XML"],
  ])("refuses %j", async (body, message) => {
    await expect(readTmx(tmx(body))).rejects.toThrow(message);
    await expect(readTmx(tmx(body))).rejects.toThrow(/^a\.tmx line/);
  });
});
