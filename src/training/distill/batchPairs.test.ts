import { describe, expect, it } from "vitest";
import type { Source } from "../../core/distill/recipe.ts";
import { createRandom } from "../../core/random.ts";
import { toyRecipe } from "../../testing/toyTexts.ts";
import { createBatchPairs } from "./batchPairs.ts";
import { groupTexts, type LoadedSource, type SourceRow } from "./textGroups.ts";

/** Text i of language l: eight pieces, all i * 10 + l, so that a piece tells its text and language. */
function texts(source: Partial<Source>, n: number, languages: readonly string[], first = 0): LoadedSource {
  const rows: SourceRow[] = [];
  for (let i = first; i < first + n; i++) {
    languages.forEach((lang, l) => {
      const tokens = new Int32Array(8).fill(i * 10 + l);
      rows.push({ side: "passages", split: "train", lang, concepts: [`${i}`], tokens });
    });
  }
  return { source: { id: "t", use: "sentences", weight: 1, dropTestPhrases: false, ...source }, rows };
}

const shares = new Float64Array(20_000).fill(1e-4);
const make = (loaded: LoadedSource[], changes: Parameters<typeof toyRecipe>[0]) =>
  createBatchPairs(groupTexts(loaded, "train"), toyRecipe(changes), shares, createRandom(1).fork("b"));
const batches = { monoShare: 0, fixedPassages: 0, noise: 0 };
const language = (piece: number) => piece % 10;
const textOf = (piece: number) => Math.floor(piece / 10);

function firstPieces({ offsets, tokens }: { offsets: Int32Array; tokens: Int32Array }): number[] {
  return Array.from(offsets.subarray(0, -1), (at) => tokens[at]!);
}

describe("createBatchPairs", () => {
  const loaded = [texts({}, 400, ["de", "en", "sw"])];

  it("pairs texts of one meaning, each once, all others negatives", () => {
    const batch = make(loaded, { batches }).at(0, 32);
    const queries = firstPieces(batch.queries).map(textOf);
    expect(queries).toEqual(firstPieces(batch.passages).map(textOf));
    expect(new Set(queries).size).toBe(32);
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j < 32; j++) expect(batch.negatives[i * 32 + j]).toBe(i === j ? 0 : 1);
    }
  });

  it("sets whole English texts beside translations for a teacher of vectors", () => {
    const { queries, passages } = make(loaded, { batches }).translations(0, 32);
    expect(queries.offsets.at(-1)).toBe(32 * 8); // whole
    expect(new Set([...queries.tokens].map(language))).toEqual(new Set([1])); // "en" is the second of three
    expect([...passages.tokens].map(language)).not.toContain(1);
    expect(firstPieces(passages).map(textOf)).toEqual(firstPieces(queries).map(textOf));
  });

  it("is a function of the step alone", () => {
    const one = make(loaded, { batches });
    one.at(3, 8);
    expect(one.at(7, 8)).toEqual(make(loaded, { batches }).at(7, 8));
    expect(one.at(7, 8)).not.toEqual(one.at(8, 8));
  });

  it("keeps a batch in one language when asked to", () => {
    const pairs = make(loaded, { batches: { ...batches, monoShare: 1 } });
    for (let step = 0; step < 10; step++) {
      const { queries, passages } = pairs.at(step, 16);
      expect(new Set([...queries.tokens, ...passages.tokens].map(language)).size).toBe(1);
    }
  });

  it("keeps passages in one language and queries out of it when asked to", () => {
    const { queries, passages } = make(loaded, { batches: { ...batches, fixedPassages: 1 } }).at(0, 32);
    const [fixed] = new Set([...passages.tokens].map(language));
    expect(new Set([...passages.tokens].map(language)).size).toBe(1);
    expect([...queries.tokens].map(language)).not.toContain(fixed);
  });

  it("never crosses languages without bitext", () => {
    const pairs = make(loaded, { bitext: false, batches });
    for (let step = 0; step < 10; step++) {
      const { queries, passages } = pairs.at(step, 32);
      expect(firstPieces(queries).map(language)).toEqual(firstPieces(passages).map(language));
    }
  });

  it("does not set equal passages against each other", () => {
    const twins = texts({}, 400, ["de", "en"]);
    for (const row of twins.rows) row.tokens.fill(9);
    expect(
      make([twins], { batches })
        .at(0, 16)
        .negatives.every((n) => n === 0),
    ).toBe(true);
  });

  it("leaves out a question that nobody asks in the passage's language", () => {
    const answers = texts({ use: "pairs" }, 400, ["en"]);
    const asked = answers.rows.map((row, i) => ({
      ...row,
      side: "queries" as const,
      lang: i % 2 ? "en" : "sw",
    }));
    const batch = make([{ ...answers, rows: [...answers.rows, ...asked] }], { bitext: false, batches }).at(
      0,
      64,
    );
    expect(firstPieces(batch.queries).every((piece) => textOf(piece) % 2 === 1)).toBe(true);
  });

  it("gives no batch to a language that only has questions", () => {
    const asking = texts({ use: "questions" }, 400, ["de", "en", "sw", "yo"], 1000);
    const pairs = make([...loaded, asking], { batches: { ...batches, monoShare: 1 } });
    for (let step = 0; step < 40; step++)
      expect([...pairs.at(step, 4).passages.tokens].map(language)).not.toContain(3);
  });

  it("draws sets by weight, and asks no questions in batches of one language", () => {
    const sets = [
      texts({ weight: 3 }, 400, ["de", "en"]),
      texts({ use: "questions" }, 400, ["de", "en"], 1000),
    ];
    const share = (monoShare: number) => {
      const pairs = make(sets, { batches: { ...batches, monoShare } });
      const all = Array.from({ length: 40 }, (_, step) => firstPieces(pairs.at(step, 32).passages)).flat();
      return all.filter((piece) => textOf(piece) >= 1000).length / all.length;
    };
    expect(share(1)).toBe(0);
    expect(Math.abs(share(0) - 0.25)).toBeLessThan(0.05); // 1,280 rows: standard error 0.012
  });
});
