import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { irMetadata, withoutMetadata } from "./irMetadata.ts";
import { parseRun } from "./parseRun.ts";

const head = irMetadata(testRecord, { kind: "multi", language: "de" });
const LINES = "q1 Q0 d1 1 2.5 lab-cccccccc\nq1 Q0 d2 2 1.5 lab-cccccccc\n";

describe("a run file's head", () => {
  it("is YAML in comments, with the six parts that repro_eval asks for", () => {
    expect(head.split("\n").filter((line) => line !== "" && !line.startsWith("# "))).toEqual([]);
    const inner = head.split("\n").slice(1, -2);
    const tree = parse(inner.map((line) => line.slice(2)).join("\n")) as Record<string, unknown>;
    expect(Object.keys(tree)).toEqual([
      "tag",
      "actor",
      "platform",
      "implementation",
      "research goal",
      "method",
      "data",
    ]);
    expect(tree).toMatchObject({
      tag: "lab-cccccccc",
      platform: { hardware: { backend: "wasm", adapter: "wasm SIMD" } },
      implementation: { source: { version: "0.1.0" }, executable: { digest: "c".repeat(64) } },
      method: { automatic: "true", retrieval: [{ steps: 20, seed: 7 }] },
      data: {
        "test collection": { name: "cldr-emoji", qrels: "multi.de.qrels, passages in all languages" },
        "training data": [{ name: "cldr-emoji", source: `sha256:${"a".repeat(64)}` }],
      },
    });
  });

  it("is passed over by the reader, and places in the file stay", () => {
    expect(parseRun(head + LINES, "a.run")).toEqual(parseRun(LINES, "a.run"));
    expect(parseRun(`\ufeff${head}${LINES}`, "a.run").lists.size).toBe(1);
    const line = head.split("\n").length; // the first after the head
    expect(() => parseRun(`${head}q1 Q0 d1\n`, "a.run")).toThrow(`a.run, line ${line}: got 3 columns`);
  });

  it("is none where it has no end, or stands elsewhere: those lines are no run's", () => {
    const open = head.replace("# ir_metadata.end\n", "");
    expect(withoutMetadata(open + LINES)).toBe(open + LINES);
    expect(() => parseRun(open + LINES, "a.run")).toThrow("a.run, line 1: got 2 columns");
    expect(() => parseRun(LINES + head, "a.run")).toThrow("a.run, line 3: got 2 columns");
  });
});
