// Rankings and judgements of a final evaluation in TREC's format, block by block. Writes no file.
import { createBestCandidates } from "../../core/trec/bestCandidates.ts";
import { checkTrecId, formatQrels, formatRun } from "../../core/trec/writeTrec.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createScorer } from "../model/scorer.ts";
import type { PreparedRun } from "../run/prepareRun.ts";
import type { RunResources } from "../run/runExperiment.ts";
import { leftOutOf } from "../../core/metrics/countedRanks.ts";
import { idsOf } from "../evaluate/evalTask.ts";
import { blockRows, encodePool, HELD_VECTOR_BYTES, type PoolBlock } from "../evaluate/poolBlocks.ts";

/** One pair of files: the queries of a language in the pool of that language, or in that of all languages. */
export interface TrecPool {
  readonly kind: "mono" | "multi";
  readonly language: string;
}

/** Candidates a query in a run file, unless asked otherwise: enough for any measure with a cut in use. */
export const TREC_DEPTH = 1000;

const BLOCK = 64; // queries scored at a time
const CANDIDATE_BYTES = 16; // of one that is kept, while lists are gathered

export interface TrecFiles {
  /**
   * The lines of the run files, by the present weights, in query order.
   *
   * @param depth candidates per query; Infinity for whole rankings, which uncut AP needs
   * @returns pieces of the file of `pools[pool]`
   */
  runs(
    pools: readonly TrecPool[],
    depth: number,
    tag: string,
  ): AsyncGenerator<{ pool: number; text: string }>;
  /** The judgements that belong to the run file of the same pool. */
  qrels(pool: TrecPool): string;
}

/** @throws DataError naming the first id of the final evaluation that a TREC file cannot hold */
export async function checkTrecIds({ full, test }: PreparedRun): Promise<void> {
  for (const id of await idsOf(test.names, "queries", full.queryRows)) checkTrecId("query id", id);
  for (const id of await idsOf(test.names, "passages", full.passageRows)) checkTrecId("passage id", id);
}

/**
 * Holds the ids of queries and pool. Vectors are held of a pool that fits, of a larger one block by block; it is encoded
 * once for as many queries as have room for their candidates (256 MiB: 8,000 queries at the usual depth in two pools).
 *
 * @param rows passages of a block
 */
export async function openTrec(
  { prepared, model }: RunResources,
  rows = blockRows(prepared.full.set.passageLangs.length, vectorWidth(model.config)),
): Promise<TrecFiles> {
  const task = prepared.full;
  const { set } = task;
  const { names } = prepared.test;
  const nPool = set.passageLangs.length;
  const width = vectorWidth(model.config);
  const queryIds = await idsOf(names, "queries", task.queryRows);
  const passageIds = await idsOf(names, "passages", task.passageRows);

  async function* runs(pools: readonly TrecPool[], depth: number, tag: string) {
    const kept = Math.min(depth, nPool);
    const files = pools.map(({ kind, language }) => ({ kind, lang: set.languages.indexOf(language) }));
    const filesOf = (query: number) =>
      files.flatMap(({ kind, lang }, file) => (lang === set.queryLangs[query] ? [{ file, kind, lang }] : []));
    const asked = Array.from(queryIds.keys()).filter((query) => filesOf(query).length > 0);
    const vectors = await model.encode(task.queries);
    const whole: PoolBlock[] = []; // of a pool that fits
    if (rows >= nPool) for await (const block of encodePool(model, task, rows)) whole.push(block);
    const atOnce = Math.max(1, Math.floor(HELD_VECTOR_BYTES / (CANDIDATE_BYTES * kept * 2)));

    for (let from = 0; from < asked.length; from += atOnce) {
      const group = asked.slice(from, from + atOnce).map((query) => ({
        query,
        lists: filesOf(query).map((file) => ({ ...file, best: createBestCandidates(kept, set.tieOrder) })),
      }));
      for await (const block of whole.length > 0 ? whole : encodePool(model, task, rows)) {
        const scorer = createScorer(block.vectors, width);
        try {
          for (let at = 0; at < group.length; at += BLOCK) {
            const some = group.slice(at, at + BLOCK);
            const own = new Float32Array(some.length * width);
            some.forEach(({ query: q }, i) =>
              own.set(vectors.subarray(q * width, (q + 1) * width), i * width),
            );
            const scores = await scorer.scores(own);
            some.forEach(({ lists }, i) => {
              const left = leftOutOf(set, some[i]!.query);
              for (const { kind, lang, best } of lists) {
                for (let p = 0; p < block.n; p++) {
                  if (left.has(block.first + p)) continue;
                  if (kind === "mono" && set.passageLangs[block.first + p] !== lang) continue;
                  best.offer(block.first + p, scores[i * block.n + p]!);
                }
              }
            });
          }
        } finally {
          scorer.dispose();
        }
      }
      for (const { query, lists } of group) {
        for (const { file, best } of lists) {
          const { passages, scores } = best.finish();
          const ids = Array.from(passages, (passage) => passageIds[passage]!);
          yield {
            pool: file,
            text: formatRun({ queryId: queryIds[query]!, passageIds: ids, scores }, tag),
          };
        }
      }
    }
  }

  return {
    runs,
    qrels({ kind, language }) {
      const lang = set.languages.indexOf(language);
      const own = new Set(queryIds.filter((_, q) => set.queryLangs[q] === lang));
      return formatQrels(set, queryIds, passageIds, kind === "mono" ? language : null)
        .split("\n")
        .filter((line) => own.has(line.slice(0, line.indexOf(" "))))
        .map((line) => `${line}\n`)
        .join("");
    },
  };
}
