// Damaged runs and qrels, thousands of them: every line counted and every value right, or a refusal that names the line.
import "../../testing/propertySeed.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damage, damagedBytes } from "../../testing/damagedBytes.ts";
import { soonSync } from "../../testing/soon.ts";
import reference from "./numpyReference.fixture.json";
import { parseQrels } from "./parseQrels.ts";
import { parseRun } from "./parseRun.ts";
import { decodeTrec } from "./trecLines.ts";
import { TrecFormatError } from "../inputError.ts";
import { trecMeasures } from "./trecMeasures.ts";

/** Cases of each of the four tests. FUZZ_RUNS repeats the whole with more. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 3000);

const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
const start = (lines: readonly string[], n = 60) => text(lines.slice(0, n));
const beir = `query-id\tcorpus-id\tscore\n${text(
  reference.qrels.slice(0, 40).map((line) => {
    const [query, , document, grade] = line.split(" ");
    return [`${query} a`, `the ${document}`, grade].join("\t"); // ids with blanks
  }),
)}`;

/** As pandas writes them, without a header. */
const tabbed = {
  run: text(
    reference.run.slice(0, 60).map((line) => {
      const [query, iter, document, ...rest] = line.split(" ");
      return [`${query} a`, iter, `the ${document}`, ...rest].join("\t");
    }),
  ),
  qrels: beir.slice(beir.indexOf("\n") + 1),
};

interface Row {
  readonly line: number; // from 1
  readonly raw: string;
  readonly words: readonly string[];
}
/** A second, plain reading of the lines: words between ASCII blanks. */
const rowsOf = (content: string): Row[] =>
  content
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((raw, i) => ({ raw, line: i + 1, words: raw.match(/[^ \t\v\f\r]+/g) ?? [] }))
    .filter(({ words }) => words.length > 0);

/** Columns by the plain reading: between tabs, where there are as many as the format has and blanks are left in them. */
const columns = ({ raw, words }: Row, sizes: readonly number[]) => {
  const fields = raw.split("\t").map((field) => field.replace(/^[ \v\f\r]+|[ \v\f\r]+$/g, ""));
  const holdBlanks = fields.some((field) => /[ \v\f\r]/.test(field));
  return holdBlanks && sizes.includes(fields.length) ? fields : words;
};

/** The documents of each query, of what a reader accepted. */
type Listed = ReadonlyMap<string, ReadonlyMap<string, number>>;

const readRun = (content: string): Listed =>
  new Map(
    [...parseRun(content, "a.run").lists].map(([query, { ids, scores }]) => {
      expect(ids).toHaveLength(scores.length);
      return [query, new Map(ids.map((id, i) => [id, scores[i]!]))];
    }),
  );
const readQrels = (content: string): Listed => parseQrels(content, "a.run");

/** What a row says by the plain reading; null where nothing can be made of it. */
type Meaning = (row: Row, all: readonly Row[]) => readonly [query: string, id: string, value: number] | null;

const runMeaning: Meaning = (row) => {
  const fields = columns(row, [6]);
  const value = Math.fround(Number(fields[4]));
  const isNumber = (text = "") => /^[\d.eE+-]+$/.test(text) && Number.isFinite(Number(text));
  const mixed = ![1, 6].includes(row.raw.split("\t").length) && !isNumber(fields[3]);
  const isWhole = fields.length === 6 && !fields.includes("") && !mixed;
  return isWhole && isNumber(fields[4]) && Number.isFinite(value) ? [fields[0]!, fields[2]!, value] : null;
};
const qrelsMeaning: Meaning = (row, [first]) => {
  const byTabs =
    first!.raw.split("\t").length === 3 && /\t *(score|rel|grade|label|relevance)\s*$/i.test(first!.raw);
  const fields = byTabs
    ? row.raw.split("\t").map((field) => field.replace(/^[ \v\f\r]+|[ \v\f\r]+$/g, ""))
    : columns(row, [3, 4]);
  const [query, id, grade] = [fields[0], fields.at(-2), fields.at(-1)];
  const size = byTabs ? 3 : columns(first!, [3, 4]).length === 3 ? 3 : 4;
  const isWhole = /^[+-]?\d{1,9}$/.test(grade ?? "") && fields.length === size && !fields.includes("");
  return isWhole && query && id ? [query, id, Number(grade)] : null;
};

/** First two bytes by which a file is told to be no text; longer marks are not met by chance. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  gzip: ["1f8b"],
  bzip2: ["425a"],
  "UTF-16": ["feff", "fffe"],
};

/** Reads damaged bytes; checks every row of an accepted file, and the reason of a refusal, by the plain reading. */
function check(bytes: Uint8Array, read: (content: string) => Listed, meaning: Meaning): Listed | "refused" {
  let content: string;
  let listed: Listed;
  try {
    [content, listed] = soonSync(
      () => {
        const decoded = decodeTrec(bytes, "a.run");
        return [decoded, read(decoded)];
      },
      () => Buffer.from(bytes).toString("base64").slice(0, 2000),
    );
  } catch (error) {
    if (!(error instanceof TrecFormatError)) throw error;
    const foreign = /^a\.run, line 1: is .*(gzip|bzip2|UTF-16)/.exec(error.message)?.[1];
    if (foreign !== undefined) {
      expect(MARKS[foreign]).toContain(Buffer.from(bytes).toString("hex", 0, 2));
      return "refused";
    }
    expect(error.message).toMatch(/^a\.run, line \d+: .*, expected \S/s);
    const lines = Buffer.from(bytes).toString("latin1").split("\n"); // one character a byte
    expect(error.line).toBeLessThanOrEqual(lines.length);
    if (error.message.includes("UTF-8")) {
      const own = Buffer.from(lines[error.line - 1]!, "latin1");
      expect(own.toString("utf8")).toContain("\ufffd");
      return "refused";
    }
    const rows = rowsOf(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    const named = rows.find(({ line }) => line === error.line)!;
    const meant = meaning(named, rows);
    const same = (row: Row) => {
      const other = meaning(row, rows);
      return meant !== null && other !== null && other[0] === meant[0] && other[1] === meant[1];
    };
    expect(meant === null || rows.some((row) => row.line < named.line && same(row))).toBe(true); // bad, or told before
    return "refused";
  }
  const rows = rowsOf(content);
  const told = rows.map((row) => meaning(row, rows));
  if (read === readQrels && told[0] === null) told.shift(); // BEIR's header
  expect([...listed.values()].reduce((n, own) => n + own.size, 0)).toBe(told.length);
  expect(told.filter((row) => !row || listed.get(row[0])?.get(row[1]) !== row[2])).toEqual([]);
  return listed;
}

const hurts = fc.array(damage, { minLength: 1, maxLength: 3 });

describe("damaged TREC files", { timeout: Math.max(300_000, 200 * RUNS) }, () => {
  it.each([
    ["run", start(reference.run), readRun, runMeaning],
    ["qrels", start(reference.qrels), readQrels, qrelsMeaning],
    ["qrels of BEIR", beir, readQrels, qrelsMeaning],
    ["run with ids that hold blanks", tabbed.run, readRun, runMeaning],
    ["qrels without a header whose ids hold blanks", tabbed.qrels, readQrels, qrelsMeaning],
  ] as const)("a %s", (_, content, read, meaning) => {
    const whole = new TextEncoder().encode(content);
    expect(check(whole, read, meaning)).not.toBe("refused");
    let refused = 0;
    fc.assert(
      fc.property(hurts, (all) => {
        if (check(all.reduce(damagedBytes, whole), read, meaning) === "refused") refused++;
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS / 20);
    expect(refused).toBeLessThan(RUNS);
  });

  it("a run against qrels: what can be measured is measured, of every query that both hold", () => {
    const run = new TextEncoder().encode(start(reference.run));
    const qrels = new TextEncoder().encode(start(reference.qrels));
    let measured = 0;
    fc.assert(
      fc.property(hurts, fc.boolean(), (all, which) => {
        const [a, b] = [run, qrels].map((whole, i) =>
          Number(which) === i ? all.reduce(damagedBytes, whole) : whole,
        );
        const found = check(a!, readRun, runMeaning);
        const judged = check(b!, readQrels, qrelsMeaning);
        if (found === "refused" || judged === "refused") return;
        const both = [...judged].filter(([query]) => found.has(query));
        const measure = () =>
          trecMeasures(parseRun(decodeTrec(a!, "a"), "a"), parseQrels(decodeTrec(b!, "b"), "b"), [
            "num_q",
            "num_ret",
            "num_rel",
            "num_rel_ret",
            "map",
            "ndcg",
            "recip_rank",
            "P.10",
          ]);
        if (both.length === 0) {
          expect(measure).toThrow(/^no query of the run/);
          return;
        }
        const results = measure();
        measured++;
        const isRelevant = ([, grade]: readonly [string, number]) => grade > 0;
        const counts = both.map(([query, grades]) => {
          const relevant = [...grades].filter(isRelevant);
          return [
            found.get(query)!.size,
            relevant.length,
            relevant.filter(([id]) => found.get(query)!.has(id)).length,
          ];
        });
        const sum = (at: number) => counts.reduce((n, row) => n + row[at]!, 0);
        expect([...results.all.subarray(0, 4)]).toEqual([both.length, sum(0), sum(1), sum(2)]);
        for (const value of results.all.subarray(4)) expect(value >= 0 && value <= 1).toBe(true);
      }),
      { numRuns: RUNS },
    );
    expect(measured).toBeGreaterThan(RUNS / 20);
  });
});
