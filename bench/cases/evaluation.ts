// A full evaluation the size of XQuAD-R, vectors given: scoring, counting, means. Against ranking by sorting.
import { evaluateBySorting } from "../../src/core/metrics/sortedReference.ts";
import type { EvalSet } from "../../src/core/metrics/evaluation.ts";
import { createRankCounter } from "../../src/core/metrics/rankCounter.ts";
import { createRandom } from "../../src/core/random.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { createScorer } from "../../src/training/model/scorer.ts";
import { WASM_FOLDER } from "../../src/cli/nodePorts.ts";
import { ceiling, median, seconds, speedUp, type Case, type CaseResult } from "../case.ts";

const LANGUAGES = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];
/** XQuAD-R's candidates per language and questions (shared facts of the set). */
const CANDIDATES = [1222, 1276, 1234, 1180, 1215, 1244, 1219, 852, 1167, 1209, 1196];
const QUESTIONS = 1190;
const WIDTH = 128;
const SORTED_QUERIES = 256; // sorting is linear in queries; all 13,090 would take minutes

/** Languages in order, question c answered by one random passage in each. Vectors of one question lie close. */
function invent(questions: number) {
  const random = createRandom(1).fork("bench");
  const nPool = CANDIDATES.reduce((a, b) => a + b, 0);
  const first = CANDIDATES.map((_, l) => CANDIDATES.slice(0, l).reduce((a, b) => a + b, 0));
  const passages = Float32Array.from({ length: nPool * WIDTH }, () => random.normal() / Math.sqrt(WIDTH));
  const nQueries = questions * LANGUAGES.length;
  const queries = new Float32Array(nQueries * WIDTH);
  const relevant = new Int32Array(nQueries * LANGUAGES.length);
  for (let c = 0; c < questions; c++) {
    const answers = LANGUAGES.map((_, l) => first[l]! + random.int(CANDIDATES[l]!));
    for (let l = 0; l < LANGUAGES.length; l++) {
      const q = l * questions + c;
      relevant.set(answers, q * LANGUAGES.length);
      for (let d = 0; d < WIDTH; d++) {
        const mean = answers.reduce((s, p) => s + passages[p * WIDTH + d]!, 0) / LANGUAGES.length;
        queries[q * WIDTH + d] = mean + random.normal() / Math.sqrt(WIDTH);
      }
    }
  }
  const set: EvalSet = {
    languages: LANGUAGES,
    queryLangs: Uint16Array.from({ length: nQueries }, (_, q) => Math.floor(q / questions)),
    passageLangs: Uint16Array.from(CANDIDATES.flatMap((n, l) => new Array<number>(n).fill(l))),
    relevantOffsets: Int32Array.from({ length: nQueries + 1 }, (_, q) => q * LANGUAGES.length),
    relevant,
    tieOrder: Int32Array.from({ length: nPool }, (_, i) => i),
  };
  return { set, queries, passages };
}

async function evaluateByCounting({ set, queries, passages }: ReturnType<typeof invent>) {
  const counter = createRankCounter(set);
  const scorer = createScorer(passages, WIDTH);
  const nQueries = set.queryLangs.length;
  const block = 320; // queries; about 16 MiB of scores, as evaluateModel takes them
  for (let at = 0; at < nQueries; at += block) {
    const n = Math.min(block, nQueries - at);
    counter.addScores(at, n, await scorer.scores(queries.subarray(at * WIDTH, (at + n) * WIDTH)));
  }
  scorer.dispose();
  return counter.finish();
}

async function scoreAll({ queries, passages }: ReturnType<typeof invent>): Promise<Float32Array> {
  const scorer = createScorer(passages, WIDTH);
  const scores = await scorer.scores(queries);
  scorer.dispose();
  return scores;
}

export const evaluation: Case = {
  name: "evaluation",
  about: "13,090 queries x 13,014 candidates, D 128, wasm: Mo, Cr, Mul, rank distance",
  async run() {
    await startBackend("wasm", { wasmPaths: WASM_FOLDER });
    const full = invent(QUESTIONS);
    const few = invent(Math.round(SORTED_QUERIES / LANGUAGES.length));
    await evaluateByCounting(few); // warm-up
    const counted: number[] = [];
    const sorted: number[] = [];
    for (let round = 0; round < 3; round++) {
      counted.push(await seconds(() => evaluateByCounting(full)));
      const fewQueries = few.set.queryLangs.length;
      const part = await seconds(async () => evaluateBySorting(few.set, await scoreAll(few)));
      sorted.push((part * full.set.queryLangs.length) / fewQueries);
    }
    const value = median(counted);
    const rows: CaseResult[] = [
      ceiling({
        name: "evaluation-xquad-r",
        unit: "s",
        value,
        limit: 5,
        limitName: "5 s",
        note: "median of 3",
      }),
      speedUp({
        name: "evaluation-vs-sorting",
        unit: "s",
        value,
        baseline: `ranking by sorting, ${few.set.queryLangs.length} queries scaled to 13,090`,
        baselineValue: median(sorted),
        times: 5,
      }),
    ];
    const half = invent(QUESTIONS / 2);
    const halves: number[] = [];
    for (let round = 0; round < 3; round++) halves.push(await seconds(() => evaluateByCounting(half)));
    rows.push(
      ceiling({
        name: "evaluation-growth",
        unit: "x time for 2 x queries",
        value: value / median(halves),
        limit: 2.4,
        limitName: "2.4 (linear is 2)",
      }),
    );
    return rows;
  },
};
