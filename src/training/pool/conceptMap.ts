// The same concepts in all languages, as points on a plane, by the weights before training and by the present ones.
// Chooses and places them; names, texts and drawing are others'.
import { InputError } from "../../core/inputError.ts";
import { PCA } from "ml-pca";
import { pulse } from "../engine/pulse.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createEncoder, type Encodes } from "../model/createEncoder.ts";
import type { RunResources } from "../run/runExperiment.ts";
import { bestCovered } from "./bestCovered.ts";

/** One concept in one language. */
export interface MapPoint {
  readonly concept: number; // index into similarity
  readonly lang: number; // index into the evaluation's languages
  readonly passage: number; // row of the test corpus
  readonly before: readonly [x: number, y: number];
  readonly now: readonly [x: number, y: number];
}

export interface ConceptMap {
  readonly points: readonly MapPoint[];
  /** By concept: the mean cosine of its passages, pair by pair, in all dimensions. */
  readonly similarity: readonly { readonly before: number; readonly now: number }[];
  /** Share of each set's variance that the two axes show, in [0, 1]. */
  readonly explained: {
    readonly before: readonly [number, number];
    readonly now: readonly [number, number];
  };
}

/**
 * At most `maxConcepts` of the concepts that most languages of the pool have, spread evenly over the pool; of each, the
 * first passage in a language.
 *
 * Both sets share one basis: the two directions of largest variance of the two sets together, each first centred on its
 * own mean, so that a shift of all vectors alike takes up no axis and distances compare between the two pictures.
 * @throws InputError if fewer than two concepts are shared by two languages, or all vectors are alike
 */
export async function conceptMap(
  { prepared, model }: RunResources,
  maxConcepts: number,
): Promise<ConceptMap> {
  const chosen = chooseConcepts(prepared, maxConcepts);
  const rows = chosen.flat();
  const width = vectorWidth(model.config);
  const tokens = await prepared.full.passages(Int32Array.from(rows, ({ pool }) => pool));
  const vectorsBy = async (by: Encodes) => {
    const encoded = await by.encode(tokens);
    return rows.map((_, i) => encoded.subarray(i * width, (i + 1) * width));
  };
  const start = createEncoder(await prepared.weights());
  const before = await vectorsBy(start).finally(() => start.dispose());
  const now = await vectorsBy(model);
  const placed = place(before, now);
  const first = chosen.map((_, c) => chosen.slice(0, c).reduce((n, own) => n + own.length, 0));
  const meanCosine = (vectors: readonly Float32Array[], c: number) => {
    const own = vectors.slice(first[c], first[c]! + chosen[c]!.length);
    const cosines = own.flatMap((a, i) => own.slice(i + 1).map((b) => dot(a, b)));
    return cosines.reduce((sum, x) => sum + x, 0) / cosines.length;
  };
  return {
    points: rows.map(({ concept, lang, pool }, i) => ({
      concept,
      lang,
      passage: prepared.full.passageRows[pool]!,
      before: placed.before[i]!,
      now: placed.now[i]!,
    })),
    similarity: chosen.map((_, c) => ({ before: meanCosine(before, c), now: meanCosine(now, c) })),
    explained: placed.explained,
  };
}

interface Chosen {
  readonly concept: number; // among those chosen
  readonly lang: number;
  readonly pool: number; // index into the pool
}

function chooseConcepts({ test, full }: RunResources["prepared"], maxConcepts: number): Chosen[][] {
  const { conceptOffsets, concepts } = test.corpus.passages;
  const found = new Map<number, Map<number, number>>(); // concept -> language -> first index into the pool
  full.passageRows.forEach((row, pool) => {
    const lang = full.set.passageLangs[pool]!;
    for (const concept of concepts.subarray(conceptOffsets[row], conceptOffsets[row + 1])) {
      const languages = found.get(concept) ?? new Map<number, number>();
      found.set(concept, languages);
      if (!languages.has(lang)) languages.set(lang, pool);
    }
  });
  const shared = [...found.values()].filter((languages) => languages.size >= 2);
  if (shared.length < 2) {
    throw new InputError("the map needs two concepts that are told in two languages of the pool each");
  }
  return bestCovered(shared, maxConcepts, (languages) => languages.size).map((languages, concept) =>
    Array.from(languages, ([lang, pool]) => ({ concept, lang, pool })),
  );
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Exported for its test. Both sets hold the same texts in the same order. */
export function place(before: readonly Float32Array[], now: readonly Float32Array[]) {
  const sets = { before: centred(before), now: centred(now) };
  const energy = (rows: readonly number[][]) => rows.flat().reduce((sum, x) => sum + x * x, 0);
  if (energy(sets.before) + energy(sets.now) === 0) {
    throw new InputError("all vectors are alike: there is nothing to map");
  }
  const width = before[0]!.length;
  pulse(2 * before.length * width ** 2 + 20 * width ** 3);
  // By the covariance matrix: the library's NIPALS fails where a column happens to be zero.
  const pca = new PCA([...sets.before, ...sets.now], { method: "covarianceMatrix", center: false });
  const project = (rows: number[][]) =>
    pca.predict(rows, { nComponents: 2 }).to2DArray() as [number, number][];
  const placed = { before: project(sets.before), now: project(sets.now) };
  const share = (name: "before" | "now"): [number, number] => {
    const total = energy(sets[name]);
    const along = (axis: 0 | 1) => placed[name].reduce((sum, point) => sum + point[axis] ** 2, 0);
    return total === 0 ? [0, 0] : [along(0) / total, along(1) / total];
  };
  return { ...placed, explained: { before: share("before"), now: share("now") } };
}

function centred(vectors: readonly Float32Array[]): number[][] {
  const mean = vectors[0]!.map((_, d) => vectors.reduce((sum, v) => sum + v[d]!, 0) / vectors.length);
  return vectors.map((vector) => Array.from(vector, (x, d) => x - mean[d]!));
}
