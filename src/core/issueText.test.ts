// What the schema library finds, in words of people: no sentence about a wrong file has the library's own.
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { testRecord } from "../testing/testRecord.ts";
import { InputError } from "./inputError.ts";
import { firstIssue, issueText } from "./issueText.ts";
import { parseRunRecord } from "./record/parseRunRecord.ts";
import { DEFAULT_SPEC } from "./spec/presets.ts";
import { parseStudyResults } from "./study/results/parseStudyResults.ts";
import { parseStudy } from "./study/parseStudy.ts";

const small = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9));
const form = v.strictObject({
  text: v.optional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(3)), "a"),
  number: v.optional(small, 1),
  few: v.optional(v.pipe(v.array(small), v.minLength(2), v.maxLength(3)), [1, 2]),
  kind: v.optional(v.picklist(["a", "b", "c"]), "a"),
  either: v.optional(v.union([v.picklist(["a", "b"]), v.record(v.string(), v.array(small))]), "a"),
  own: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => text === "x", "must be x"),
    ),
    "x",
  ),
});

describe("what is wrong with a field", () => {
  it.each<[object, string]>([
    [{ text: 5 }, "text must be a text, got 5"],
    [{ text: "" }, "text must not be empty"],
    [{ text: "long" }, "text must have at most 3 letters, got 4"],
    [{ number: "5" }, 'number must be a number, got "5"'],
    [{ number: 1.5 }, "number must be a whole number, got 1.5"],
    [{ number: 0 }, "number must be at least 1, got 0"],
    [{ number: 10 }, "number must be at most 9, got 10"],
    [{ number: null }, "number must be a number, got nothing"],
    [{ few: [1] }, "few must have at least 2 entries, got 1"],
    [{ few: { a: 1 } }, "few must be a list, got an object"],
    [{ few: [1, undefined] }, "few.1 is missing"],
    [{ kind: "d" }, 'kind must be "a", "b" or "c", got "d"'],
    [{ either: "c" }, 'either must be "a", "b" or an object, got "c"'],
    [{ either: { inside: 5 } }, "either.inside must be a list, got 5"],
    [{ either: { inside: [0] } }, "either.inside.0 must be at least 1, got 0"],
    [{ own: "y" }, "own must be x"],
    [{ other: 1 }, "other is not a field that is known here"],
    [{ text: "\u202efdp.exe" }, "text must have at most 3 letters, got 8"],
    [{ kind: "\u202efdp.exe" }, 'kind must be "a", "b" or "c", got "[U+202E]fdp.exe"'],
  ])("%o", (value, sentence) => {
    const { issues } = v.safeParse(form, value);
    const issue = firstIssue(issues!);
    expect(`${v.getDotPath(issue)} ${issueText(issue)}`).toBe(sentence);
  });
});

const WRONG = [undefined, null, 5, -1.5, 1e300, "x", "", true, [], [null], {}, { x: 1 }];

/** The value with each of its places, down to `depth`, taken by each of `WRONG`. */
function* spoilt(value: unknown, depth: number): Generator<unknown> {
  yield* WRONG;
  if (depth === 0 || typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value).slice(0, 30))
    for (const part of spoilt((value as Record<string, unknown>)[key], depth - 1)) {
      const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<
        string,
        unknown
      >;
      copy[key] = part;
      yield copy;
    }
}

describe("no refusal has the words of the schema library", () => {
  const published: unknown = JSON.parse(readFileSync("public/studies/paper-table-laptop-small.json", "utf8"));
  const study = {
    schema: "hybrid-batch-lab/study@1",
    title: "t",
    question: "q",
    spec: { steps: 20 },
    factors: [{ path: "batch.size", values: [8, 16] }],
    mixture: { kind: "lattice", parts: 2 },
    cells: [{ name: "a", label: "A", changes: {}, controlOf: "b", made: "mean", reference: { mono: "a" } }],
    seeds: [1, 2],
    primary: "map/cross",
    smallestEffect: 0.01,
    controls: ["a"],
    groups: { near: ["de"] },
    looks: [2],
  };
  it.each<[string, (value: unknown, where: string) => unknown, unknown, number]>([
    ["a study", parseStudy, study, 4],
    ["a study's results", parseStudyResults, published, 2],
    ["a record", parseRunRecord, { ...testRecord, spec: DEFAULT_SPEC }, 3],
  ])("of %s", (_, parse, value, depth) => {
    let refused = 0;
    for (const one of spoilt(value, depth)) {
      const told = JSON.stringify(one ?? null); // as a file has it: what is undefined is left out
      try {
        parse(JSON.parse(told), "f.json");
      } catch (error) {
        refused++;
        expect(error, told.slice(0, 200)).toBeInstanceOf(InputError);
        const { message } = error as Error;
        expect(message, told.slice(0, 200)).toMatch(/^f\.json: ./);
        expect(message, told.slice(0, 200)).not.toMatch(/Invalid |Expected|[Rr]eceived|undefined|\[object/);
      }
    }
    expect(refused).toBeGreaterThan(100);
  });
});
