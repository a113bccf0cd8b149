// `--trec DIR`: rankings and judgements of a final evaluation, so that trec_eval or any tool can check the numbers.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatQrels, formatRun, poolMembers } from "../core/trec/writeTrec.ts";
import { vectorWidth } from "../training/model/encoderConfig.ts";
import { createScorer } from "../training/model/scorer.ts";
import type { ExecutedRun } from "./executeRun.ts";

const BLOCK = 64; // queries scored at a time

/**
 * For each language LANG, `mono.LANG.run` and `.qrels` (its queries in the pool of LANG) and `multi.LANG.run` and
 * `.qrels` (its queries in the pool of all languages). AP is uncut, so whole rankings are written: large files.
 * `lab metrics` on a pair gives perLanguage.LANG.mono or .multi of the record.
 */
export async function writeTrecFolder(dir: string, { resources, record }: ExecutedRun): Promise<void> {
  const { prepared, model } = resources;
  const { set, queries, passages, passageRows, queryRows } = prepared.full;
  const { names } = prepared.test;
  const width = vectorWidth(model.config);
  const queryIds = (await names("queries", queryRows)).map(({ id }) => id);
  const passageIds = (await names("passages", passageRows)).map(({ id }) => id);
  const tag = `lab-${record.digest.slice(0, 8)}`;
  await mkdir(dir, { recursive: true });

  const files = set.languages.flatMap((language, lang) =>
    (["mono", "multi"] as const).map((kind) => {
      const pool = kind === "mono" ? language : null;
      const name = path.join(dir, `${kind}.${language}`);
      return { lang, pool, name, members: poolMembers(set, pool), stream: createWriteStream(`${name}.run`) };
    }),
  );
  const vectors = await model.encode(queries);
  const scorer = createScorer(await model.encode(passages), width);
  try {
    for (let first = 0; first < queryIds.length; first += BLOCK) {
      const n = Math.min(BLOCK, queryIds.length - first);
      const scores = await scorer.scores(vectors.subarray(first * width, (first + n) * width));
      for (let q = first; q < first + n; q++) {
        const row = scores.subarray((q - first) * passageIds.length, (q - first + 1) * passageIds.length);
        for (const { lang, members, stream } of files) {
          if (set.queryLangs[q] !== lang) continue;
          const ranked = {
            queryId: queryIds[q]!,
            passageIds: Array.from(members, (i) => passageIds[i]!),
            scores: Float32Array.from(members, (i) => row[i]!),
          };
          if (!stream.write(formatRun(ranked, { tag }))) await once(stream, "drain");
        }
      }
    }
  } finally {
    scorer.dispose();
    for (const { stream } of files) await new Promise<void>((resolve) => stream.end(resolve));
  }
  for (const { lang, pool, name } of files) {
    const own = new Set(queryIds.filter((_, q) => set.queryLangs[q] === lang));
    await writeFile(`${name}.qrels`, keepQueries(formatQrels(set, queryIds, passageIds, pool), own));
  }
}

const keepQueries = (qrels: string, ids: ReadonlySet<string>) =>
  qrels
    .split("\n")
    .filter((line) => ids.has(line.slice(0, line.indexOf(" "))))
    .map((line) => `${line}\n`)
    .join("");
