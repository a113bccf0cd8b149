// The training loss over a matrix of cosines, with its gradient in the same pass. Knows nothing of encoders.
import { defineKernel } from "../engine/kernel.ts";

/**
 * Multi-positive InfoNCE, per query row i, with s = cosine / temperature, positives P_i = columns i*k .. i*k + k - 1
 * and negatives N_i = columns where negatives[i, j] = 1:
 *
 *   loss_i = mean over j in P_i of softplus(logsumexp over n in N_i of s_in - s_ij)
 *
 * For k = 1 this is InfoNCE (van den Oord et al. 2018). A row without a negative has loss 0 and no gradient; one with a
 * cosine that is no number has a loss that is not finite, by which training is seen to diverge.
 * dCosines is the gradient of sum_i rowWeights[i] * loss_i / rows. cosines, negatives, dCosines (rows, columns).
 */
export const contrastive = defineKernel({
  name: "contrastive",
  buffers: {
    cosines: "in f32",
    negatives: "in i32",
    rowWeights: "in f32",
    losses: "out f32",
    dCosines: "out f32",
  },
  params: { rows: "u32", columns: "u32", k: "u32", temperature: "f32" },
  onArrays({ cosines, negatives, rowWeights, losses, dCosines }, { rows, columns, k, temperature }) {
    dCosines.fill(0);
    const powers = new Float64Array(columns); // of the row's negatives, which sum and gradient share
    for (let i = 0; i < rows; i++) {
      const at = i * columns;
      let top = -Infinity;
      let any = false;
      for (let j = 0; j < columns; j++) {
        if (!negatives[at + j]) continue;
        any = true;
        if (cosines[at + j]! > top) top = cosines[at + j]!;
      }
      losses[i] = 0;
      if (!any) continue;
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        if (negatives[at + j]) sum += powers[j] = Math.exp((cosines[at + j]! - top) / temperature);
      }
      const logSum = top / temperature + Math.log(sum);
      const scale = rowWeights[i]! / (rows * temperature);
      let loss = 0;
      let pull = 0;
      for (let j = i * k; j < i * k + k; j++) {
        const gap = logSum - cosines[at + j]! / temperature;
        const tail = Math.exp(-Math.abs(gap));
        const sigmoid = (gap > 0 ? 1 : tail) / (1 + tail) / k;
        loss += (Math.max(gap, 0) + Math.log1p(tail)) / k;
        pull += sigmoid;
        dCosines[at + j] = -scale * sigmoid;
      }
      losses[i] = loss;
      for (let j = 0; j < columns; j++) {
        if (negatives[at + j]) dCosines[at + j] = (scale * pull * powers[j]!) / sum;
      }
    }
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: `
var<workgroup> part: array<f32, 64>;
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
}
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
}`,
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.columns;
  var best = -3.0e38;
  for (var j = lane; j < p.columns; j += LANES) {
    if (negatives[at + j] != 0) { best = max(best, cosines[at + j]); }
  }
  let top = rowMax(lane, best);
  var mine = 0.0;
  for (var j = lane; j < p.columns; j += LANES) {
    if (negatives[at + j] != 0) { mine += exp((cosines[at + j] - top) / p.temperature); }
  }
  let sum = rowSum(lane, mine);
  let any = (bitcast<u32>(sum) & 0x7fffffffu) != 0u; // the best negative alone adds 1; by bits, so that NaN counts
  let logSum = top / p.temperature + log(select(1.0, sum, any));
  let scale = rowWeights[group] / (f32(p.rows) * p.temperature);
  var loss = 0.0; // every lane sums the k positives in the same order
  var pull = 0.0;
  for (var j = group * p.k; j < group * p.k + p.k; j++) {
    let gap = logSum - cosines[at + j] / p.temperature;
    let tail = exp(-abs(gap));
    loss += (max(gap, 0.0) + log(1.0 + tail)) / f32(p.k);
    pull += select(tail, 1.0, gap > 0.0) / (1.0 + tail) / f32(p.k);
  }
  for (var j = lane; j < p.columns; j += LANES) {
    var gradient = 0.0;
    if (any && negatives[at + j] != 0) {
      gradient = scale * pull * exp((cosines[at + j] - top) / p.temperature) / sum;
    } else if (any && j / p.k == group) {
      let gap = logSum - cosines[at + j] / p.temperature;
      let tail = exp(-abs(gap));
      gradient = -scale * select(tail, 1.0, gap > 0.0) / (1.0 + tail) / f32(p.k);
    }
    dCosines[at + j] = gradient;
  }
  if (lane == 0u) { losses[group] = select(0.0, loss, any); }`,
});
