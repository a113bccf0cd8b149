// Writes runs and judgements in TREC's format, so that any tool can check the lab's numbers. Never touches a file.
import { DataError } from "../inputError.ts";
import { compareCodePoints } from "../metrics/codePointOrder.ts";
import type { EvalSet } from "../metrics/evaluation.ts";

/**
 * Ids are what TREC separates by white space: none inside, and not empty. Tabs would not help: trec_eval, ir_measures
 * and ranx split at blanks.
 * @throws DataError
 */
export function checkTrecId(what: "query id" | "passage id" | "tag", id: string): string {
  if (id !== "" && !/[ \t\n\v\f\r]/.test(id)) return id;
  throw new DataError(
    `TREC files separate by white space: ${what} ${JSON.stringify(id)} must hold none and not be empty`,
  );
}

/** Shortest usual decimal that reads back as the same float32: nine significant digits always do. */
function formatScore(score: number): string {
  return String(Number(score.toPrecision(9)));
}

/**
 * Pool indices (N) of one language's pool, or of all languages for `null`: a file per pool, since METHOD 2's mono,
 * cross and multi rank different pools.
 */
export function poolMembers(set: EvalSet, language: string | null): Int32Array {
  const everyone = Int32Array.from(set.passageLangs, (_, i) => i);
  if (language === null) return everyone;
  const lang = set.languages.indexOf(language);
  if (lang < 0) {
    throw new RangeError(`poolMembers: language "${language}" is not one of ${set.languages.join(", ")}`);
  }
  return everyone.filter((i) => set.passageLangs[i] === lang);
}

/** One query's candidates, all of a pool or the best of them. */
export interface RankedQuery {
  readonly queryId: string;
  readonly passageIds: readonly string[]; // each once, best first: score descending, then id descending
  readonly scores: ArrayLike<number>; // same length; finite, written as float32
}

/**
 * The lines of one query: `qid Q0 docno rank score tag`, rank from 1. Sorts nothing.
 *
 * @throws DataError on an id or a tag with white space, RangeError on a score that is not finite, or candidates in another order than
 *   trec_eval's, which would give them other ranks
 */
export function formatRun(query: RankedQuery, tag: string): string {
  const { passageIds, scores } = query;
  const head = `${checkTrecId("query id", query.queryId)} Q0 `;
  const tail = ` ${checkTrecId("tag", tag)}\n`;
  const float32 = Float32Array.from(scores);
  const lines = passageIds.map((id, i) => {
    const score = float32[i]!;
    if (!Number.isFinite(score)) {
      const place = `query ${query.queryId} and passage ${id}`;
      throw new RangeError(`formatRun: the score of ${place} is ${scores[i]}, must be finite`);
    }
    const before = passageIds[i - 1];
    if (before !== undefined && (float32[i - 1]! - score || compareCodePoints(before, id)) < 0) {
      const place = `query ${query.queryId} and passage ${id}`;
      throw new RangeError(`formatRun: ${place} ranks before ${before}, which is given before it`);
    }
    return `${head}${checkTrecId("passage id", id)} ${i + 1} ${formatScore(score)}${tail}`;
  });
  return lines.join("");
}

/**
 * Judgements of one pool: a line `qid 0 docno grade` per relevant passage in it. A query without one has no line, so
 * trec_eval leaves it out, as the lab does (AP is undefined there).
 *
 * @param queryIds (Q) and @param passageIds (N) in the order of the set
 * @param language whose pool; `null` = all languages
 */
export function formatQrels(
  set: EvalSet,
  queryIds: readonly string[],
  passageIds: readonly string[],
  language: string | null,
): string {
  const inPool = new Set(poolMembers(set, language));
  const lines: string[] = [];
  queryIds.forEach((queryId, q) => {
    for (let at = set.relevantOffsets[q]!; at < set.relevantOffsets[q + 1]!; at++) {
      const passage = set.relevant[at]!;
      if (!inPool.has(passage) || set.leftOut?.[at] === 1) continue;
      const id = checkTrecId("passage id", passageIds[passage]!);
      lines.push(`${checkTrecId("query id", queryId)} 0 ${id} ${set.grades?.[at] ?? 1}\n`);
    }
  });
  return lines.join("");
}
