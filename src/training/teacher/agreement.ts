// How far a student agrees with its teacher on the evaluation pool, language by language. Encodes nothing.
import type { EvalSet } from "../../core/metrics/evaluation.ts";
import type { Point } from "../../core/record/point.ts";

export const AGREEMENT_COSINE = "distillation/cosine";
export const AGREEMENT_CORRELATION = "distillation/correlation";

/** Passages of a language whose pairs are compared where widths differ: the first ones, 8,128 pairs. */
export const COMPARED_PASSAGES = 128;

export interface Vectors {
  readonly width: number;
  readonly data: Float32Array; // (N, width), of unit length or zero
}

/**
 * Points of one evaluation. With equal widths the mean cosine of a passage's two vectors; else the Pearson correlation,
 * over pairs of passages of the language, of the two cosines of a pair (Kriegeskorte et al. 2008, representational
 * similarity). Without `lang`: the mean over languages. A language without a defined value has no point.
 */
export function agreementPoints(
  set: Pick<EvalSet, "languages" | "passageLangs">,
  student: Vectors,
  teacher: Vectors,
  step: number,
): Point[] {
  const equal = student.width === teacher.width;
  const metric = equal ? AGREEMENT_COSINE : AGREEMENT_CORRELATION;
  const rows: number[][] = set.languages.map(() => []);
  set.passageLangs.forEach((lang, i) => rows[lang]!.push(i));
  const points = set.languages.flatMap((lang, l): Point[] => {
    const value = equal
      ? meanCosine(rows[l]!, student, teacher)
      : correlation(rows[l]!.slice(0, COMPARED_PASSAGES), student, teacher);
    return value === undefined ? [] : [{ step, metric, value, lang }];
  });
  if (points.length === 0) return [];
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  return [{ step, metric, value: mean }, ...points];
}

function dot(a: Vectors, i: number, b: Vectors, j: number): number {
  let sum = 0;
  for (let d = 0; d < a.width; d++) sum += a.data[i * a.width + d]! * b.data[j * b.width + d]!;
  return sum;
}

function meanCosine(rows: readonly number[], student: Vectors, teacher: Vectors): number | undefined {
  if (rows.length === 0) return undefined;
  return rows.reduce((sum, i) => sum + dot(student, i, teacher, i), 0) / rows.length;
}

/** Pearson's r over all pairs; undefined with fewer than two pairs, or where one side's cosines are all alike. */
function correlation(rows: readonly number[], student: Vectors, teacher: Vectors): number | undefined {
  const [a, b]: [number[], number[]] = [[], []];
  rows.forEach((i, at) => {
    for (const j of rows.slice(at + 1)) {
      a.push(dot(student, i, student, j));
      b.push(dot(teacher, i, teacher, j));
    }
  });
  if (a.length < 2) return undefined;
  const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const [p, q] = [x - meanA, b[i]! - meanB];
    ab += p * q;
    aa += p * p;
    bb += q * q;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : undefined;
}
