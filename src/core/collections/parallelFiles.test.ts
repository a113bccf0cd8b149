// Parallel text of one's own: Moses' files, TMX and tables of translations, as concepts in several languages.
import { describe, expect, it } from "vitest";
import { createReport } from "../converters/converter.ts";
import { memoryFile, type SourceFile } from "../formats/sourceFile.ts";
import { createParallelConverter, isTranslation } from "./parallelFiles.ts";

async function convert(files: readonly SourceFile[]) {
  const report = createReport();
  const texts: string[] = []; // "concept id text", of the queries; passages are the same
  const passages: string[] = [];
  for await (const { side, record } of createParallelConverter("mine").convert(files, report)) {
    if (side === "queries") texts.push(`${record.concept} ${record._id} ${record.text}`);
    else passages.push(`${record.concepts[0]} ${record._id} ${record.text}`);
  }
  expect(passages).toEqual(texts);
  return { texts, notes: report.notes() };
}

const THREE = ["0 en:0 water", "0 sw:0 maji", "1 en:1 fire", "1 sw:1 moto"];

describe("parallel text", () => {
  it("of Moses' files: equal lines are one concept, what is said twice is one", async () => {
    const files = [
      memoryFile("a/t.sw", "maji\nmoto\n\nmaji ya\n"),
      memoryFile("a/t.en", "water\nfire\nx\nwater\n"),
    ];
    const { texts, notes } = await convert(files);
    expect(texts).toEqual([...THREE, "0 sw:0.1 maji ya"]);
    expect(notes).toEqual([
      "Left out once: sentences that are not there in two languages (first: a/t.en line 3)",
    ]);
  });

  it("of TMX without ids, with regions that mean the language", async () => {
    const unit = (en: string, sw: string) =>
      `<tu><tuv xml:lang="en-US"><seg>${en}</seg></tuv><tuv xml:lang="sw-KE"><seg>${sw}</seg></tuv></tu>`;
    const { texts } = await convert([
      memoryFile("a.tmx", `<tmx><body>${unit("water", "maji")}${unit("fire", "moto")}</body></tmx>`),
    ]);
    expect(texts).toEqual(THREE);
  });

  it("of a table whose column holds a text for each language", async () => {
    const rows = [
      { en: "water", sw: "maji" },
      { en: "fire", sw: "moto" },
      { en: "air", sw: null },
    ];
    const table = memoryFile(
      "a.jsonl",
      rows.map((translation) => `${JSON.stringify({ translation })}\n`).join(""),
    );
    expect((await convert([table])).texts).toEqual(THREE);
    expect(await isTranslation(table)).toBe(true);
    expect(await isTranslation(memoryFile("a.csv", "translation\nx\n"))).toBe(false);
  });

  it("goes to train and test by the names of its parts, where they have some", async () => {
    const files = ["train", "dev", "test"].flatMap((part) => [
      memoryFile(`${part}.en`, `${part}\n`),
      memoryFile(`${part}.sw`, `neno ${part}\n`),
    ]);
    const report = createReport();
    const splits = new Set<string>();
    for await (const { record } of createParallelConverter("mine").convert(files, report))
      splits.add(`${record.text} ${record.split}`);
    expect([...splits].filter((one) => !one.startsWith("neno")).sort()).toEqual([
      "dev test",
      "test test",
      "train train",
    ]);
  });

  it("refuses files of unequal length, and takes no code file for a language", async () => {
    const files = [memoryFile("a.en", "one\ntwo\n"), memoryFile("a.sw", "moja\n")];
    await expect(convert(files)).rejects.toThrow("a.en: has more lines than a.sw; they must be aligned");
    const { accepts } = createParallelConverter("mine");
    expect([accepts(["a.en"]), accepts(["a.py", "a.md"]), accepts(["a.en", "b.sw"])]).toEqual([
      false,
      false,
      false,
    ]);
    expect([accepts(["a.en", "a.sw"]), accepts(["x/Books.en-sw.en", "x/Books.en-sw.sw"])]).toEqual([
      true,
      true,
    ]);
  });
});
