// What is asked of a run, with the names and texts that a person reads: found passages, the map, a batch's scores. Ranks nothing.
import type { BatchScores, MapView, SearchHit } from "../../core/run/views.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import { conceptMap } from "../../training/pool/conceptMap.ts";
import type { ScoredBatch } from "../../training/pool/batchScores.ts";
import { glossRows } from "../../training/pool/glossRows.ts";
import type { PoolHit } from "../../training/pool/searchPool.ts";
import type { RunResources } from "../../training/run/runExperiment.ts";
import { showTexts } from "./batchView.ts";

export async function showHits(hits: readonly PoolHit[], test: LoadedCorpus): Promise<SearchHit[]> {
  const { passages, languages } = test.corpus;
  const rows = hits.map((hit) => hit.passage);
  const names = await test.names("passages", Int32Array.from(rows));
  const texts = await test.texts("passages", rows);
  const glosses = glossRows(test.corpus, rows);
  const english = await test.texts(
    "passages",
    glosses.filter((row) => row !== undefined),
  );
  let next = 0;
  return hits.map(({ passage, score }, i) => ({
    ...names[i]!,
    lang: languages[passages.langs[passage]!]!,
    text: texts[i]!,
    score,
    rank: i + 1,
    ...(glosses[i] !== undefined && { gloss: english[next++]! }),
  }));
}

/** @param concepts how many at most */
export async function showMap(
  resources: RunResources,
  concepts: number,
): Promise<Omit<MapView, "runId" | "step">> {
  const { points, similarity, explained } = await conceptMap(resources, concepts);
  const { test, full } = resources.prepared;
  const rows = points.map(({ passage }) => passage);
  const texts = await test.texts("passages", rows);
  const names = await test.names("passages", Int32Array.from(rows));
  // A passage may carry several concepts: the one that all points of a group share names the group.
  const idOf = (group: number) => {
    const own = points.flatMap((point, i) => (point.concept === group ? [i] : []));
    const held = own.map((i) => names[i]!.concepts);
    return held[0]!.find((id) => held.every((ids) => ids.includes(id))) ?? held[0]![0] ?? String(group);
  };
  return {
    explained,
    languages: full.set.languages,
    concepts: similarity.map((one, group) => ({ id: idOf(group), ...one })),
    points: points.map(({ concept, lang, before, now }, i) => ({
      concept,
      lang,
      before,
      now,
      text: texts[i]!,
    })),
  };
}

export async function showScores(
  { taken, rows, answers, ...cells }: ScoredBatch,
  train: LoadedCorpus,
): Promise<Omit<BatchScores, "runId">> {
  const { batch, input, temperature } = taken;
  const shown = batch.rows.slice(0, rows.length);
  const queries = await showTexts(
    train,
    "queries",
    shown.map(({ query }) => query),
  );
  const passages = await showTexts(
    train,
    "passages",
    answers.map(({ passage }) => passage),
  );
  return {
    step: batch.step,
    kind: batch.kind,
    size: batch.rows.length,
    temperature,
    taught: input.teacher !== undefined,
    rows: rows.map((row, i) => ({ kind: shown[i]!.kind, query: queries[i]!, ...row })),
    answers: answers.map(({ row }, j) => ({ row, answer: passages[j]! })),
    ...cells,
  };
}
