// Reading runs and judgements: what is accepted, what each error says, and that nothing hangs or slips through.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../../testing/cpuTime.ts";
import { parseQrels } from "./parseQrels.ts";
import { decodeTrec } from "./trecLines.ts";
import { parseRun } from "./parseRun.ts";
import { TrecFormatError } from "../inputError.ts";

describe("parseRun", () => {
  it("reads six columns at any white space, ignores iter and rank", () => {
    const run = parseRun(
      "\ufeffq1 Q0 d1 99 0.5 first\r\n\n  q1\tx\td2  7\t-1.5e-3 mine\nq2 0 d1 1 3 mine",
      "r",
    );
    expect(run.tag).toBe("mine");
    expect([...run.lists.keys()]).toEqual(["q1", "q2"]);
    expect(run.lists.get("q1")).toEqual({ ids: ["d1", "d2"], scores: Float32Array.of(0.5, -0.0015) });
  });

  it("takes tabs alone as separators in a line with exactly five", () => {
    const run = parseRun(
      [
        "q 1\tQ0\tred fox\t1\t9.5\tmy run\r",
        "q2 Q0 wolf 1 2 other",
        " q 1 \tQ0\tblue  whale\tno rank\t3\tmy run ",
      ].join("\n"),
      "r",
    );
    expect(run.tag).toBe("my run");
    expect([...run.lists].map(([qid, { ids }]) => [qid, ids])).toEqual([
      ["q 1", ["red fox", "blue  whale"]],
      ["q2", ["wolf"]],
    ]);
    const twice = "q\tQ0\ta b\t1\t2\tt\nq\tQ0\ta c\t2\t1\tt\nq\tQ0\ta b\t3\t0\tt";
    expect(() => parseRun(twice, "r")).toThrow('line 3: document "a b" of query "q" is on line 1 already');
  });

  it("tells a pointer of Git LFS from a run", () => {
    const pointer = `version https://git-lfs.example/spec/v1\noid sha256:${"0".repeat(64)}\nsize 7\n`;
    expect(() => decodeTrec(new TextEncoder().encode(pointer), "a.run")).toThrow('run "git lfs pull"');
  });

  it("refuses lines in which an id with spaces would be cut", () => {
    const bad = (line: string) => () => parseRun(line, "r");
    const tabs = "a tab between all columns where an id holds spaces";
    const wanted = 'expected 6 columns "qid iter docno rank score tag"';
    expect(bad("q Q0 red fox 1 9.5 mine")).toThrow(`line 1: got 7 columns, ${wanted}, and ${tabs}`);
    expect(bad("q Q0 d 1 9.5 mine more words")).toThrow(`got 8 columns, ${wanted}`);
    expect(bad("q\tQ0\tred fox\t1\t9.5\tmine\t")).toThrow("got 7 columns"); // six tabs
    // no rank: six words, of which "red" would be the id and 9.5 the score
    expect(bad("q\tQ0\tred fox\t9.5\tmine")).toThrow(`got rank "fox", expected a number, and ${tabs}`);
    expect(bad("q\tQ0\tred fox\t\t9.5\tmine")).toThrow("got an empty column, expected something in all 6");
    expect(bad("q\tQ0\tred fox\t1\t9.5\t")).toThrow("got an empty column");
  });

  it("keeps ids with white space beyond ASCII whole, as C does", () => {
    expect(parseRun("q 0 a\u00a0b\u3000c 1 1 t", "r").lists.get("q")!.ids).toEqual(["a\u00a0b\u3000c"]);
  });

  it("keeps scores as float32, as trec_eval 9 does: a difference beyond it is a tie", () => {
    // 1 and 1 + 1e-9 are one float32; 1 + 2^-23 = 1.00000012 is the next
    const { scores } = parseRun("q 0 a 1 1 t\nq 0 b 2 1.000000001 t\nq 0 c 3 1.00000012 t", "r").lists.get(
      "q",
    )!;
    expect(scores[1]).toBe(scores[0]);
    expect(scores[2]).toBeGreaterThan(scores[0]!);
  });

  it("names file, line and what would be right", () => {
    const bad = (text: string) => () => parseRun(text, "runs/a.trec");
    expect(bad("q 0 d 1 1 t\n\nq 0 d2 1 1")).toThrow(
      'runs/a.trec, line 3: got 5 columns, expected 6 columns "qid iter docno rank score tag"',
    );
    for (const score of ["high", "0x10", "1,5", "nan", "inf", "1e39", "-", "1e", ".", "١"]) {
      expect(bad(`q 0 d 1 ${score} t`)).toThrow(
        `line 1: got score "${score}", expected a number within float32`,
      );
    }
    expect(bad("q 0 d 1 1 t\np 0 d 1 1 t\nq 0 d 2 0 t")).toThrow(
      'line 3: document "d" of query "q" is on line 1 already, expected once',
    );
  });

  it("reads an empty file as an empty run", () => {
    expect(parseRun("\n \n", "r")).toEqual({ tag: "", lists: new Map() });
  });
});

describe("parseQrels", () => {
  const asObject = (text: string) =>
    Object.fromEntries([...parseQrels(text, "q")].map(([id, grades]) => [id, Object.fromEntries(grades)]));

  it("reads TREC's four columns, grades below zero too", () => {
    expect(asObject("q1 0 d1 2\nq1\t0\td2\t-1\r\n\nq2 0 d1 0")).toEqual({
      q1: { d1: 2, d2: -1 },
      q2: { d1: 0 },
    });
  });

  it("reads BEIR's three columns, with ids that hold spaces", () => {
    const text = "query-id\tcorpus-id\tscore\nq 1\tmy doc\t1\nq 1\tother\t0\n";
    expect(asObject(text)).toEqual({ "q 1": { "my doc": 1, other: 0 } });
    expect(asObject("query-id corpus-id score\nq1 d1 1")).toEqual({ q1: { d1: 1 } });
    expect(asObject("q1 d1 1\nq1 d2 0")).toEqual({ q1: { d1: 1, d2: 0 } });
  });

  it("takes tabs alone as separators in a line with exactly those of its format, without a header too", () => {
    expect(asObject("q 1\tred fox\t1\nq 1\twolf\t0\r\nq2 wolf 1")).toEqual({
      "q 1": { "red fox": 1, wolf: 0 },
      q2: { wolf: 1 },
    });
    expect(asObject("q 1\t0\tred fox\t2\nq2 0 wolf 1")).toEqual({ "q 1": { "red fox": 2 }, q2: { wolf: 1 } });
    expect(asObject("query id\tcorpus id\tscore\nq\tred fox\t1")).toEqual({ q: { "red fox": 1 } });
    expect(asObject("q1\td1\t1\t")).toEqual({ q1: { d1: 1 } }); // no blanks: both readings are one
    const bad = (text: string) => () => parseQrels(text, "q");
    expect(bad("q 0 d 1\nq\tred fox\t1")).toThrow("line 2: got 3 columns, expected 4");
    expect(bad("q\tred fox\t1\t")).toThrow("line 1: got an empty column, expected something in each");
    expect(bad("q\t\tred fox\t1")).toThrow("line 1: got an empty column");
  });

  it("names file, line and what would be right", () => {
    const bad = (text: string) => () => parseQrels(text, "dev.tsv");
    expect(bad("q1 0 d1")).toThrow('dev.tsv, line 1: got grade "d1", expected an integer');
    expect(bad("q1 0")).toThrow(
      'line 1: got 2 columns, expected 4 columns "qid iter docno grade", or BEIR\'s 3 columns',
    );
    expect(bad("q1 0 d1 1\nq1 d2 1")).toThrow("line 2: got 3 columns, expected 4 columns");
    expect(bad("query-id\tcorpus-id\tscore\nq1 d1 1")).toThrow("line 2: got 1 column, expected 3 columns");
    expect(bad("query-id\tcorpus-id\tscore\nq1\t\t1")).toThrow("line 2: got an empty id");
    expect(bad("q1 0 d1 1.0")).toThrow('got grade "1.0", expected an integer');
    expect(bad("q1 d1 1.0")).toThrow('got grade "1.0", expected an integer'); // no header in disguise
    expect(bad("q1 0 d1 1\nq1 0 d1 1")).toThrow('line 2: document "d1" of query "q1" is judged already');
  });
});

describe("on any text", () => {
  const word = fc.constantFrom("q1", "q2", "0", "1", "-1", "0.5", "d1", "d2", "x", "score", "1e9", "é😀", "");
  const blank = fc.constantFrom(" ", "\t", "\n", "\r\n", " \t ");
  const textual = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.array(fc.tuple(word, blank), { maxLength: 60 }).map((parts) => parts.flat().join("")),
  );

  it("either counts every line that is not blank or says which is wrong", () => {
    fc.assert(
      fc.property(textual, (text) => {
        const lines = text
          .replace(/^\ufeff/, "")
          .split("\n")
          .filter((line) => /[^ \t\v\f\r]/.test(line)).length;
        for (const parse of [
          () => [...parseRun(text, "f").lists.values()].map((list) => list.ids.length),
          () => [...parseQrels(text, "f").values()].map((grades) => grades.size),
        ]) {
          try {
            const counted = parse().reduce((a, b) => a + b, 0);
            expect([lines, lines - 1]).toContain(counted); // one less: BEIR's header
            if (counted < lines) expect(text.trimStart()).toMatch(/^[^\n]*score/);
          } catch (error) {
            if (!(error instanceof TrecFormatError)) throw error;
            expect(error.message).toMatch(/^f, line \d+: .*expected/su);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("takes time in proportion to the text", () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `q${i % 7} 0 d${i} 1 ${i / 100_000} t`).join(
      "\n",
    );
    const start = cpuMs();
    expect([...parseRun(lines, "f").lists.values()].reduce((n, { ids }) => n + ids.length, 0)).toBe(100_000);
    parseRun(" ".repeat(1_000_000), "f"); // a pattern that backtracks would take hours here
    parseRun("\n".repeat(1_000_000), "f");
    expect(() => parseQrels("x".repeat(1_000_000), "f")).toThrow("got 1 column");
    expect(cpuMs() - start).toBeLessThan(5000); // about 150 ms alone on a slow core
  });
});
