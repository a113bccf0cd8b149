// Losses that pull a student towards a teacher, with their gradients in the same pass. Knows nothing of encoders.
// Both add to a gradient that is there and write the second half of `losses`: the first is the contrastive loss's.
import { defineKernel } from "../engine/kernel.ts";

const ROW_SUM = `
var<workgroup> part: array<f32, 64>;
fn rowSum(lane: u32, value: f32) -> f32 {
  part[lane] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { part[lane] += part[lane + half]; }
    workgroupBarrier();
  }
  let total = part[0];
  workgroupBarrier();
  return total;
}`;

/**
 * Each text's vector v towards its teacher vector t, per query row i with passages i*k .. i*k + k - 1:
 *
 *   loss_i = d(query i) + mean over its k passages of d(passage)
 *   d = |v - t|^2, or with `cosine` 1 - v . t / |t| (1, without a gradient, where t is zero)
 *
 * For k = 0 there are no passages, and loss_i = d(query i). For k = 1 the first is Reimers & Gurevych 2020, (1/B) sum |M(s) - t|^2 + |M(s') - t'|^2. vectors, teacher, dVectors
 * (rows * (1 + k), D), queries first, v of unit length; dVectors += weight / rows * the gradient of sum_i loss_i, by v
 * as it is: whoever normalised v projects. losses[rows + i] = loss_i.
 */
export const vectorDistillation = defineKernel({
  name: "vectorDistillation",
  buffers: { vectors: "in f32", teacher: "in f32", dVectors: "inout f32", losses: "inout f32" },
  params: { rows: "u32", k: "u32", width: "u32", cosine: "u32", weight: "f32" },
  onArrays({ vectors, teacher, dVectors, losses }, { rows, k, width, cosine, weight }) {
    for (let i = 0; i < rows; i++) {
      let loss = 0;
      for (let j = 0; j <= k; j++) {
        const at = (j === 0 ? i : rows + i * k + j - 1) * width;
        const share = j === 0 ? 1 : 1 / k;
        const scale = (weight * share) / rows;
        let sum = 0;
        let squares = 0;
        for (let d = 0; d < width; d++) {
          const [v, t] = [vectors[at + d]!, teacher[at + d]!];
          sum += cosine ? v * t : (v - t) * (v - t);
          squares += t * t;
        }
        const inverse = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        loss += share * (cosine ? 1 - sum * inverse : sum);
        for (let d = 0; d < width; d++) {
          const [v, t] = [vectors[at + d]!, teacher[at + d]!];
          dVectors[at + d]! += scale * (cosine ? -t * inverse : 2 * (v - t));
        }
      }
      losses[rows + i] = loss;
    }
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: ROW_SUM,
  wgsl: `
  if (group >= p.rows) { return; }
  var loss = 0.0;
  for (var j = 0u; j <= p.k; j++) {
    var at = group * p.width;
    var share = 1.0;
    if (j > 0u) {
      at = (p.rows + group * p.k + j - 1u) * p.width;
      share = 1.0 / f32(p.k);
    }
    var sum = 0.0;
    var squares = 0.0;
    for (var d = lane; d < p.width; d += LANES) {
      let v = vectors[at + d];
      let t = teacher[at + d];
      sum += select((v - t) * (v - t), v * t, p.cosine != 0u);
      squares += t * t;
    }
    let total = rowSum(lane, sum);
    let norm = sqrt(rowSum(lane, squares));
    var inverse = 0.0;
    if (norm > 0.0) { inverse = 1.0 / norm; }
    loss += share * select(total, 1.0 - total * inverse, p.cosine != 0u);
    let scale = p.weight * share / f32(p.rows);
    for (var d = lane; d < p.width; d += LANES) {
      let t = teacher[at + d];
      dVectors[at + d] += scale * select(2.0 * (vectors[at + d] - t), -t * inverse, p.cosine != 0u);
    }
  }
  if (lane == 0u) { losses[p.rows + group] = loss; }`,
});

/**
 * The student's row of scores towards the teacher's, over all passages of the batch (Hinton et al. 2015):
 *
 *   loss_i = factor * KL(softmax(teacher_i / T) || softmax(cosines_i / T)), T = temperature, factor = T^2 there
 *
 * cosines, teacherCosines, dCosines (rows, columns); dCosines += weight / rows * the gradient of sum_i loss_i, which is
 * factor / T * (softmax(cosines_i / T) - softmax(teacher_i / T)). losses[rows + i] = loss_i.
 */
export const scoreDistillation = defineKernel({
  name: "scoreDistillation",
  buffers: { cosines: "in f32", teacherCosines: "in f32", dCosines: "inout f32", losses: "inout f32" },
  params: { rows: "u32", columns: "u32", weight: "f32", temperature: "f32", factor: "f32" },
  onArrays({ cosines, teacherCosines, dCosines, losses }, { rows, columns, weight, temperature, factor }) {
    const scale = (weight * factor) / (temperature * rows);
    for (let i = 0; i < rows; i++) {
      const at = i * columns;
      const logSum = (scores: Float32Array) => {
        let top = -Infinity;
        for (let j = 0; j < columns; j++) top = Math.max(top, scores[at + j]!);
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += Math.exp((scores[at + j]! - top) / temperature);
        return top / temperature + Math.log(sum);
      };
      const [own, theirs] = [logSum(cosines), logSum(teacherCosines)];
      let loss = 0;
      for (let j = 0; j < columns; j++) {
        const logOwn = cosines[at + j]! / temperature - own;
        const logTheirs = teacherCosines[at + j]! / temperature - theirs;
        const wanted = Math.exp(logTheirs);
        loss += wanted * (logTheirs - logOwn);
        dCosines[at + j]! += scale * (Math.exp(logOwn) - wanted);
      }
      losses[rows + i] = factor * loss;
    }
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: `${ROW_SUM}
fn rowMax(lane: u32, value: f32) -> f32 {
  part[lane] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { part[lane] = max(part[lane], part[lane + half]); }
    workgroupBarrier();
  }
  let top = part[0];
  workgroupBarrier();
  return top;
}`,
  // Kept apart from the top until the difference: top / T is large where T is small, and so is its rounding.
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.columns;
  var best = -3.0e38;
  var bestTeacher = -3.0e38;
  for (var j = lane; j < p.columns; j += LANES) {
    best = max(best, cosines[at + j]);
    bestTeacher = max(bestTeacher, teacherCosines[at + j]);
  }
  let top = rowMax(lane, best);
  let topTeacher = rowMax(lane, bestTeacher);
  var sum = 0.0;
  var sumTeacher = 0.0;
  for (var j = lane; j < p.columns; j += LANES) {
    sum += exp((cosines[at + j] - top) / p.temperature);
    sumTeacher += exp((teacherCosines[at + j] - topTeacher) / p.temperature);
  }
  let logSum = log(rowSum(lane, sum));
  let logSumTeacher = log(rowSum(lane, sumTeacher));
  let scale = p.weight * p.factor / (p.temperature * f32(p.rows));
  var loss = 0.0;
  for (var j = lane; j < p.columns; j += LANES) {
    let logOwn = (cosines[at + j] - top) / p.temperature - logSum;
    let logTheirs = (teacherCosines[at + j] - topTeacher) / p.temperature - logSumTeacher;
    let wanted = exp(logTheirs);
    loss += wanted * (logTheirs - logOwn);
    dCosines[at + j] += scale * (exp(logOwn) - wanted);
  }
  let total = rowSum(lane, loss);
  if (lane == 0u) { losses[p.rows + group] = p.factor * total; }`,
});
