// What a model's README says, and that nothing a person typed can break out of it.
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { modelCard, type CardFacts } from "./modelCard.ts";

const RECORD: RunRecord = {
  schema: "hybrid-batch-lab/run@1",
  spec: { ...DEFAULT_SPEC, steps: 5, seed: 42 },
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD, 1 thread",
    versions: { lab: "9.9" },
    dataSha256: { toy: "a".repeat(64) },
    encoderSha256: "b".repeat(64),
  },
  points: [
    { step: 0, metric: "map/mono", value: 0.25 },
    { step: 0, metric: "map/mono", value: 0.9, lang: "en" },
    { step: 5, metric: "map/mono", value: 0.5 },
  ],
  realised: { mono: 2, cross: 3, en: 70, "zh-Hant": 90, no: 70 },
  final: {
    values: {
      "map/mono": 0.5,
      "map/cross": null,
      "map/multi": 0.125,
      rankDistance: 12.34,
      maxAtR: 9,
      sameLanguageShare: 0.5,
      sameLanguageBase: 0.1,
    },
    perLanguage: {},
    matrix: {},
    queries: 30,
    skippedQueries: 2,
    skippedPairs: {},
    pool: 60,
  },
  digest: "c".repeat(64),
};

const FACTS: CardFacts = {
  name: "My run",
  record: RECORD,
  prefixes: { query: "", passage: "" },
  pieces: 100,
  fullPieces: 100,
  dtype: "F32",
  datasets: [{ id: "toy", title: "Toys", licence: "CC0-1.0", citation: "Invented, 2026", source: "nowhere" }],
  link: "https://lab.example/#v=1&preset=hybrid&seed=42",
};

describe("a model card", () => {
  const card = modelCard(FACTS);

  it("opens with the header of the hub, languages as quoted base codes", () => {
    expect(card.split("---")[1]).toContain('language:\n- "en"\n- "no"\n- "zh"\n'); // unquoted, no is false
    expect(card.split("---")[1]).toContain("library_name: sentence-transformers");
  });

  it("has the mix: shares asked, batches made, texts of each language, seed and steps", () => {
    expect(card).toContain("| mono | 50 % | 2 | 1 |\n| cross | 50 % | 3 | 1 |\n");
    expect(card).not.toContain("| multi |");
    const rows = ["zh-Hant) | 90 |", "(en) | 70 |", "(no) | 70 |"].map((row) => card.indexOf(row));
    expect(rows.every((at, i) => at > (rows[i - 1] ?? 0))).toBe(true); // most first, then by code
    expect(card).toContain("| seed | 42 |");
    expect(card).toContain("| steps | 5 |"); // 2 + 3 batches
  });

  it("has the numbers before and after with their n, and says what has no value", () => {
    expect(card).toContain("| mAP, query and pool in one language | 0.2500 | 0.5000 |");
    expect(card).toContain("| mAP, pool in one other language | none | none |");
    expect(card).toContain("| none | 12.3 |");
    expect(card).toContain("30 queries (2 without an answer left out), 60 passages, one seed (42)");
  });

  it("names data, licences and the way to run it again", () => {
    expect(card).toContain("| toy | Toys | CC0-1.0 | nowhere | Invented, 2026 |");
    expect(card).toContain('npm run lab -- replay "https://lab.example/#v=1&preset=hybrid&seed=42"');
  });

  it("tells prompts and a trimmed vocabulary only where there are any", () => {
    expect(card).not.toContain("prompt_name");
    expect(card).not.toContain("other words are cut");
    const other = modelCard({ ...FACTS, prefixes: { query: "Q: ", passage: "P: " }, pieces: 60 });
    expect(other).toContain('prompt_name="query"');
    expect(other).toContain("60 of 100 pieces");
  });

  it("shows both shares of a mix that moved", () => {
    const batch = { ...DEFAULT_SPEC.batch, schedule: "linear" as const };
    const moved = modelCard({ ...FACTS, record: { ...RECORD, spec: { ...RECORD.spec, batch } } });
    expect(moved).toContain("| mono | 50 % | 0 % | 2 | 1 |\n| cross | 50 % | 100 % | 3 | 1 |");
  });

  it("keeps names and links from breaking out", () => {
    const card = modelCard({
      ...FACTS,
      name: "a\n---\n# b | <script>",
      link: 'x"; rm -rf $HOME\n```\n# c',
    });
    expect(card).toContain("# a --- \\# b \\| \\<script\\>\n");
    expect(card).toContain('replay "x;rm-rfHOME#c"');
  });

  it("says of a branch what trained it before, and where its numbers begin", () => {
    const spec = { ...RECORD.spec, languages: { ...RECORD.spec.languages, train: { en: 1, sw: 1 } } };
    const points = RECORD.points.map((point) => (point.step === 0 ? { ...point, step: 3 } : point));
    const record = { ...RECORD, points, parent: { spec, step: 3, digest: "d".repeat(64) } };
    const branch = modelCard({ ...FACTS, record });
    expect(branch).toContain("its first 3 steps were trained otherwise");
    expect(branch).toContain("| 1 to 3 | `languages.train` en,sw |");
    expect(branch.split("---")[1]).toContain('- "sw"');
    expect(branch).toMatch(/\| measure \| at step 3 \| after \|/);
    expect(branch).toContain("0.250");
    expect(card).not.toContain("branch");
  });
});
