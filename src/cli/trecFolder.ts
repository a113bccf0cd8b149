// `--trec DIR`: rankings and judgements of a final evaluation, so that trec_eval or any tool can check the numbers.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatQrels, formatRun, poolMembers } from "../core/trec/writeTrec.ts";
import { createScorer } from "../training/model/scorer.ts";
import type { ExecutedRun } from "./executeRun.ts";

/** Candidates written per query. AP is uncut, so a smaller number would make another metric; files are large. */
const DEPTH = Infinity;
const BLOCK = 64; // queries scored at a time

/**
 * Writes `multi.run`, `multi.qrels` for the pool of all languages, and `mono.LANG.run`, `mono.LANG.qrels` for queries
 * and pool of one language. `lab metrics` on a pair gives that pool's mAP over queries.
 */
export async function writeTrecFolder(dir: string, { resources, record }: ExecutedRun): Promise<void> {
  const { prepared, model } = resources;
  const { set, queries, passages, passageRows, queryRows } = prepared.full;
  const { corpus } = prepared.test;
  const { width } = model.config;
  const queryIds = Array.from(queryRows, (row) => corpus.queries.ids[row]!);
  const passageIds = Array.from(passageRows, (row) => corpus.passages.ids[row]!);
  const tag = `lab-${record.digest.slice(0, 8)}`;
  await mkdir(dir, { recursive: true });

  const pools = [null, ...set.languages].map((language) => ({
    language,
    members: poolMembers(set, language),
    stream: createWriteStream(path.join(dir, `${poolName(language)}.run`)),
  }));
  const vectors = await model.encode(queries);
  const scorer = createScorer(await model.encode(passages), width);
  try {
    for (let first = 0; first < queryIds.length; first += BLOCK) {
      const n = Math.min(BLOCK, queryIds.length - first);
      const scores = await scorer.scores(vectors.subarray(first * width, (first + n) * width));
      for (let q = first; q < first + n; q++) {
        const row = scores.subarray((q - first) * passageIds.length, (q - first + 1) * passageIds.length);
        for (const { language, members, stream } of pools) {
          if (language !== null && set.languages[set.queryLangs[q]!] !== language) continue;
          const ranked = {
            queryId: queryIds[q]!,
            passageIds: Array.from(members, (i) => passageIds[i]!),
            scores: Float32Array.from(members, (i) => row[i]!),
          };
          if (!stream.write(formatRun(ranked, { tag, depth: DEPTH }))) await once(stream, "drain");
        }
      }
    }
  } finally {
    scorer.dispose();
    for (const { stream } of pools) await new Promise<void>((resolve) => stream.end(resolve));
  }
  for (const { language } of pools) {
    const own = queryIds.map((_, q) => language === null || set.languages[set.queryLangs[q]!] === language);
    const text = formatQrels(set, queryIds, passageIds, language);
    const lines = language === null ? text : keepQueries(text, new Set(queryIds.filter((_, q) => own[q])));
    await writeFile(path.join(dir, `${poolName(language)}.qrels`), lines);
  }
}

const poolName = (language: string | null) => (language === null ? "multi" : `mono.${language}`);

const keepQueries = (qrels: string, ids: ReadonlySet<string>) =>
  qrels
    .split("\n")
    .filter((line) => ids.has(line.slice(0, line.indexOf(" "))))
    .map((line) => `${line}\n`)
    .join("");
