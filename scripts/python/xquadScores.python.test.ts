// The shipped encoders' scores on XQuAD-R, found again by sentence-transformers from the set's own files (LAB_DATA_DIR).
// PUBLISHED=long: all six on all languages, as in their cards; else the bags in English and Thai.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { callLab } from "../../src/testing/labCall.ts";
import { judge } from "./judge.ts";

const isLong = process.env["PUBLISHED"] === "long";
const ENCODERS = [
  "distilled-bag",
  "distilled-bag-37k",
  "distilled-bag-raw",
  ...(isLong ? ["distilled-small-spread", "distilled-small", "distilled-small-raw"] : []),
];
const LANGUAGES = isLong ? "en ar de el es hi ru th tr vi zh".split(" ") : ["en", "th"];
const PATIENCE = isLong ? 3_600_000 : 300_000; // ms
const SCORES = ["mono", "cross", "multi", "rankDistance", "sameLanguageShare"] as const;
type Scores = Readonly<Record<(typeof SCORES)[number], number>>;

const data = process.env["LAB_DATA_DIR"];
if (!data) console.warn("SKIPPED: scores on XQuAD-R. LAB_DATA_DIR does not name a folder with xquad-r");

describe.skipIf(!data)(`on XQuAD-R in ${LANGUAGES.join(", ")}`, () => {
  const library = new Map<string, Scores>();
  let dir = "";
  const file = (name: string) => path.join(dir, name);

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "lab-scores-"));
    vi.stubEnv("LAB_HOME", file("home"));
    const from = path.join(data!, "xquad-r");
    expect(await callLab("data", "add", "xquad-r", "--from", from)).toMatchObject({ code: 0 });
    for (const id of ENCODERS) {
      const to = ["--to", "sentence-transformers", "--out", file(id), "--quiet"];
      expect(await callLab("export", id, ...to)).toMatchObject({ code: 0 });
    }
    const folders = ENCODERS.map(file);
    const answers = await judge<Scores[]>("xquadScores.py", { data: from, languages: LANGUAGES, folders });
    ENCODERS.forEach((id, i) => library.set(id, answers[i]!));
  }, PATIENCE);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(dir, { recursive: true, force: true });
  });

  it.each(ENCODERS)(
    "%s has the scores that the library finds",
    async (id) => {
      const options = [
        "--data",
        "xquad-r",
        "--langs",
        LANGUAGES.join(","),
        "--out",
        file(`${id}.json`),
        "--quiet",
      ];
      expect(await callLab("eval", id, ...options)).toMatchObject({ code: 0 });
      const { final } = JSON.parse(await readFile(file(`${id}.json`), "utf8")) as {
        final: RunRecord["final"] & { map: Record<string, number> };
      };
      const own = { ...final.map, ...final } as unknown as Scores;
      const theirs = library.get(id)!;
      for (const score of SCORES) {
        // Rounding turns some near ties: a place of thousands, in few of the questions.
        expect(
          Math.abs(own[score] / theirs[score] - 1),
          `${score}: ${own[score]}, ${theirs[score]}`,
        ).toBeLessThan(1e-4);
      }
    },
    PATIENCE,
  );
});
