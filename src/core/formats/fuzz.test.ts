// Damaged Parquet: rows or one sentence, and soon. The library alone goes on for ever, or takes all memory, on some of these.
// FUZZ_RUNS repeats it with more cases.
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { damage, damagedBytes } from "../../testing/damagedBytes.ts";
import { soon } from "../../testing/soon.ts";
import pyarrowFiles from "./pyarrowFiles.fixture.json";
import { readParquet } from "./readParquet.ts";
import { memoryFile } from "./sourceFile.ts";
import type { TableRow } from "./tableRow.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 2000);

const twoColumns = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: "x", data: ["a", "b", "q"], type: "STRING" },
      { name: "y", data: ["a", "b", "r"], type: "STRING" },
    ],
  }),
);
const files: Readonly<Record<string, Uint8Array>> = {
  twoColumns,
  ...Object.fromEntries(
    Object.entries(pyarrowFiles).map(([name, base64]) => [
      name,
      new Uint8Array(Buffer.from(base64, "base64")),
    ]),
  ),
};

async function rowsOf(bytes: Uint8Array): Promise<TableRow["fields"][]> {
  const rows: TableRow["fields"][] = [];
  for await (const { fields } of readParquet(memoryFile("a.parquet", bytes))) rows.push(fields);
  return rows;
}

/** Rows, or a sentence that names the file, soon. */
async function endsWell(bytes: Uint8Array): Promise<"rows" | "refused"> {
  try {
    await soon(
      () => rowsOf(bytes),
      () => Buffer.from(bytes).toString("base64"),
    );
    return "rows";
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^a\.parquet[ :]/);
    return "refused";
  }
}

describe("whole files of other writers", () => {
  it.each(Object.keys(files).filter((name) => name !== "twoColumns"))("%s is read", async (name) => {
    const rows = await rowsOf(files[name]!);
    expect(rows).toHaveLength(4);
    const [text, number] = [rows.map(({ x }) => x), rows.map(({ n }) => (n === undefined ? n : Number(n)))];
    if (name.startsWith("delta")) {
      expect(text).toEqual(["alpha", "alphabet", "alpine", "beta"]);
      expect(number).toEqual([1, 2, 4, 8]);
    } else if (name === "v2none" || name === "v1bool") {
      expect(rows.map(({ b }) => b ?? null)).toEqual([true, false, null, true]);
    } else {
      expect(text.map((one) => one ?? null)).toEqual(["a", "b", "q", null]);
      expect(rows.map(({ y }) => y)).toEqual([["a"], ["r", "s"], [], ["t"]]);
    }
  });
});

describe("damaged Parquet", { timeout: Math.max(120_000, 20 * RUNS) }, () => {
  it.each([
    ["twoColumns", 11, 0, "a page of less than no bytes"],
    ["v2none", 19, 0, "a page without the lengths of its levels"],
    ["plain-none", 337, 3, "a place in the file that is a fraction"],
  ])("%s with byte %i set to %i ends: %s", async (name, at, value) => {
    const bytes = files[name]!.slice();
    bytes[at] = value;
    await endsWell(bytes);
  });

  it("of single bytes: rows or a sentence", async () => {
    const counts = { rows: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(files)),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 0, max: 255 }),
        async (whole, at, value) => {
          const bytes = whole.slice();
          bytes[Math.floor(at * bytes.length)] = value;
          counts[await endsWell(bytes)]++;
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(counts.rows).toBeGreaterThan(RUNS / 20);
    expect(counts.refused).toBeGreaterThan(RUNS / 20);
  });

  it("of stretches: rows or a sentence", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(files)),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (whole, hurts) => void (await endsWell(hurts.reduce(damagedBytes, whole))),
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
