// Rankings and judgements of a final evaluation in TREC's format, block by block. Writes no file.
import { formatQrels, formatRun, poolMembers } from "../../core/trec/writeTrec.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createScorer } from "../model/scorer.ts";
import type { RunResources } from "../run/runExperiment.ts";

/** One pair of files: the queries of a language in the pool of that language, or in that of all languages. */
export interface TrecPool {
  readonly kind: "mono" | "multi";
  readonly language: string;
}

/** Candidates a query in a run file, unless asked otherwise: enough for any measure with a cut in use. */
export const TREC_DEPTH = 1000;

const BLOCK = 64; // queries scored at a time

async function readTask({ prepared }: RunResources) {
  const { set, queryRows, passageRows } = prepared.full;
  const { names } = prepared.test;
  return {
    set,
    queryIds: (await names("queries", queryRows)).map(({ id }) => id),
    passageIds: (await names("passages", passageRows)).map(({ id }) => id),
  };
}

/**
 * The lines of the run files, by the present weights, in query order. Holds the pool's vectors and ids, also of a pool
 * that the evaluation went through in blocks.
 *
 * @param depth candidates per query; Infinity for whole rankings, which uncut AP needs
 * @returns pieces of the file of `pools[pool]`
 */
export async function* trecRuns(
  resources: RunResources,
  pools: readonly TrecPool[],
  depth: number,
  tag: string,
): AsyncGenerator<{ pool: number; text: string }> {
  const { prepared, model } = resources;
  const { set, queryIds, passageIds } = await readTask(resources);
  const { queries, passages } = prepared.full;
  const everyone = Int32Array.from(passageIds.keys());
  const width = vectorWidth(model.config);
  const files = pools.map(({ kind, language }) => {
    const members = poolMembers(set, kind === "mono" ? language : null);
    const ids = Array.from(members, (i) => passageIds[i]!);
    return { lang: set.languages.indexOf(language), members, ids };
  });
  const wanted = new Set(files.map(({ lang }) => lang));
  const vectors = await model.encode(queries);
  const scorer = createScorer(await model.encode(await passages(everyone)), width);
  const asked = Array.from(queryIds.keys()).filter((q) => wanted.has(set.queryLangs[q]!));
  try {
    for (let first = 0; first < asked.length; first += BLOCK) {
      const block = asked.slice(first, first + BLOCK);
      const rows = new Float32Array(block.length * width);
      block.forEach((q, i) => rows.set(vectors.subarray(q * width, (q + 1) * width), i * width));
      const scores = await scorer.scores(rows);
      const pieces = files.map(() => "");
      block.forEach((q, i) => {
        const row = scores.subarray(i * passageIds.length, (i + 1) * passageIds.length);
        files.forEach(({ lang, members, ids }, f) => {
          if (set.queryLangs[q] !== lang) return;
          const own = Float32Array.from(members, (p) => row[p]!);
          pieces[f] += formatRun({ queryId: queryIds[q]!, passageIds: ids, scores: own }, { tag, depth });
        });
      });
      for (const [pool, text] of pieces.entries()) if (text !== "") yield { pool, text };
    }
  } finally {
    scorer.dispose();
  }
}

/** The judgements that belong to the run file of the same pool. */
export async function trecQrels(resources: RunResources, { kind, language }: TrecPool): Promise<string> {
  const { set, queryIds, passageIds } = await readTask(resources);
  const lang = set.languages.indexOf(language);
  const own = new Set(queryIds.filter((_, q) => set.queryLangs[q] === lang));
  return formatQrels(set, queryIds, passageIds, kind === "mono" ? language : null)
    .split("\n")
    .filter((line) => own.has(line.slice(0, line.indexOf(" "))))
    .map((line) => `${line}\n`)
    .join("");
}
