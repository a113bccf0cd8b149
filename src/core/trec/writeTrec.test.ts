// Files written from an evaluation, read back and measured, must give the evaluation's own numbers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descendingPositions } from "../metrics/codePointOrder.ts";
import type { EvalSet } from "../metrics/evaluation.ts";
import { createRankCounter } from "../metrics/rankCounter.ts";
import { createRandom } from "../random.ts";
import { createBestCandidates } from "./bestCandidates.ts";
import { parseQrels } from "./parseQrels.ts";
import { parseRun } from "./parseRun.ts";
import { scoreRanks } from "../../testing/scoreRanks.ts";
import { trecMeasures } from "./trecMeasures.ts";
import { formatQrels, formatRun, poolMembers } from "./writeTrec.ts";

const LANGS = ["en", "sw", "th"];

/** A random set with ids of which some are astral, several or no relevant passages, and scores that tie. */
function makeCase(seed: number) {
  const random = createRandom(seed);
  const [nQueries, nPool] = [9, 45];
  const passageIds = Array.from(
    { length: nPool },
    (_, i) => `${["p", "\uff61", "\u{1f600}"][random.int(3)]!}${i}`,
  );
  const queryIds = Array.from({ length: nQueries }, (_, q) => `${LANGS[q % 3]!}-${q}`);
  const lists = queryIds.map((_, q) =>
    passageIds.flatMap((_, i) => (q > 0 && random.next() < 0.1 ? [i] : [])),
  );
  const offsets = [0];
  for (const list of lists) offsets.push(offsets.at(-1)! + list.length);
  const set: EvalSet = {
    languages: LANGS,
    queryLangs: Uint16Array.from(queryIds, (_, q) => q % 3),
    passageLangs: Uint16Array.from(passageIds, () => random.int(3)),
    relevantOffsets: Int32Array.from(offsets),
    relevant: Int32Array.from(lists.flat()),
    grades: Uint8Array.from(lists.flat(), () => 1 + random.int(3)),
    tieOrder: descendingPositions(passageIds),
  };
  const scores = Float32Array.from({ length: nQueries * nPool }, () =>
    random.next() < 0.5 ? random.normal() : random.int(3) / 10,
  );
  return { set, scores, queryIds, passageIds };
}

type Case = ReturnType<typeof makeCase>;

/** mAP of the written files of one (query language, pool) pair; `null` where no query has a relevant passage. */
function writtenMap(
  { set, scores, queryIds, passageIds }: Case,
  queryLang: number,
  pool: string | null,
  measure = "map",
): number | null {
  const qrels = parseQrels(formatQrels(set, queryIds, passageIds, pool), "qrels");
  const members = poolMembers(set, pool);
  const run = queryIds
    .flatMap((queryId, q) => {
      if (set.queryLangs[q] !== queryLang) return [];
      const row = scores.subarray(q * passageIds.length, (q + 1) * passageIds.length);
      const best = createBestCandidates(members.length, set.tieOrder);
      for (const i of members) best.offer(i, row[i]!);
      const { passages, scores: kept } = best.finish();
      const ids = Array.from(passages, (i) => passageIds[i]!);
      return [formatRun({ queryId, passageIds: ids, scores: kept }, "lab")];
    })
    .join("");
  const parsed = parseRun(run, "run");
  if (![...parsed.lists.keys()].some((id) => qrels.has(id))) return null;
  return trecMeasures(parsed, qrels, [measure]).all[0]!;
}

describe("written files", () => {
  it("give the same mAP, nDCG@10 and recall@100 as the counter, for every query language and pool", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const made = makeCase(seed);
        const counter = createRankCounter(made.set);
        counter.addRanks(0, made.queryIds.length, scoreRanks(made.set, made.scores));
        const { matrix, perLanguage } = counter.finish();
        const close = (got: number | null, wanted: number | null | undefined) =>
          wanted === null ? expect(got).toBeNull() : expect(got).toBeCloseTo(wanted!, 12);
        LANGS.forEach((x, queryLang) => {
          close(writtenMap(made, queryLang, null), perLanguage[x]!.values["map/multi"]);
          for (const y of LANGS) close(writtenMap(made, queryLang, y), matrix[x]![y]);
          close(writtenMap(made, queryLang, x, "ndcg_cut_10"), perLanguage[x]!.values["ndcg@10/mono"]);
          close(writtenMap(made, queryLang, x, "recall_100"), perLanguage[x]!.values["recall@100/mono"]);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("formatRun", () => {
  const query = { queryId: "q1", passageIds: ["c", "b", "a"], scores: [0.5, 0.25, 0.25] };

  it("writes six columns, rank from 1", () => {
    expect(formatRun(query, "lab")).toBe("q1 Q0 c 1 0.5 lab\nq1 Q0 b 2 0.25 lab\nq1 Q0 a 3 0.25 lab\n");
  });

  it("refuses an order that is not trec_eval's, in scores, ties and astral ids", () => {
    expect(() => formatRun({ ...query, scores: [0.25, 0.5, 0.25] }, "t")).toThrow(
      "formatRun: query q1 and passage b ranks before c, which is given before it",
    );
    expect(() => formatRun({ ...query, passageIds: ["c", "a", "b"] }, "t")).toThrow(
      "passage b ranks before a",
    );
    // U+1F600 is above U+FF61 by code point, below it by UTF-16 unit
    const ids = ["\u{1f600}", "\uff61"];
    const tied = { queryId: "q", passageIds: ids, scores: [1, 1] };
    expect(formatRun(tied, "t")).toBe(`q Q0 ${ids[0]} 1 1 t\nq Q0 ${ids[1]} 2 1 t\n`);
    expect(() => formatRun({ ...tied, passageIds: [...ids].reverse() }, "t")).toThrow("ranks before");
  });

  it("writes scores that read back as the same float32", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (score) => {
        const text = formatRun({ queryId: "q", passageIds: ["d"], scores: [score] }, "t");
        const back = parseRun(text, "run").lists.get("q")!.scores[0]!;
        expect(back === score).toBe(true); // -0 and 0 rank the same
      }),
    );
  });

  it("refuses what the format cannot hold", () => {
    expect(() => formatRun({ ...query, queryId: "q 1" }, "t")).toThrow('query id "q 1" must hold none');
    expect(() => formatRun({ ...query, passageIds: ["c", "b", ""] }, "t")).toThrow('passage id ""');
    expect(() => formatRun(query, "my run")).toThrow('tag "my run"');
    expect(() => formatRun({ ...query, scores: [1, NaN, 0] }, "t")).toThrow(
      "the score of query q1 and passage b is NaN, must be finite",
    );
    expect(() => formatRun({ ...query, scores: [1e39, 0, 0] }, "t")).toThrow("passage c is 1e+39");
  });
});

describe("poolMembers", () => {
  it("refuses a language that the set lacks", () => {
    expect(() => poolMembers(makeCase(1).set, "xx")).toThrow('"xx" is not one of en, sw, th');
  });
});
