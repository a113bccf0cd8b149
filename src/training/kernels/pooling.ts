// From token vectors to one unit vector per text, and the gradients back. Holds the meaning of pooling for every encoder.
import { defineKernel } from "../engine/kernel.ts";

/** Which tokens make the vector of a text: all alike, all by their token weight, or the first alone. */
export const POOL_MODES = { uniform: 0, weighted: 1, first: 2 } as const;

const POSITION_WEIGHT = `
fn weightAt(mode: u32, t: u32, weight: f32) -> f32 {
  if (mode == 1u) { return weight; }
  return select(1.0, 0.0, mode == 2u && t > 0u);
}`;

function weightAt(mode: number, t: number, weight: number): number {
  return mode === POOL_MODES.weighted ? weight : mode === POOL_MODES.first && t > 0 ? 0 : 1;
}

/**
 * pooled[r] = sum over t < lengths[r] of w(r, t) * source[row], row = ids[r, t] if `indirect`, else r * length + t.
 *
 * A weighted mean without its division: L2 normalisation follows, so dividing by the sum of the weights would only
 * flip the sign where trained weights sum to less than zero. `indirect` pools an embedding table (V, D) directly:
 * the whole forward pass of a bag of pieces. ids (rows * length), pooled (rows, D); an empty text gives zeros.
 */
export const poolForward = defineKernel({
  name: "poolForward",
  buffers: { source: "in f32", weights: "in f32", ids: "in i32", lengths: "in i32", pooled: "out f32" },
  params: { rows: "u32", length: "u32", width: "u32", mode: "u32", indirect: "u32" },
  onArrays({ source, weights, ids, lengths, pooled }, { rows, length, width, mode, indirect }) {
    pooled.fill(0);
    for (let r = 0; r < rows; r++) {
      const out = r * width;
      for (let t = 0; t < lengths[r]!; t++) {
        const id = ids[r * length + t]!;
        const weight = weightAt(mode, t, mode === POOL_MODES.weighted ? weights[id]! : 1);
        if (weight === 0) continue;
        const from = (indirect ? id : r * length + t) * width;
        for (let d = 0; d < width; d++) pooled[out + d]! += weight * source[from + d]!;
      }
    }
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgslModule: POSITION_WEIGHT,
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  let d = index % p.width;
  var sum = 0.0;
  for (var t = 0u; t < u32(lengths[r]); t++) {
    let position = r * p.length + t;
    let id = u32(ids[position]);
    var weight = 1.0;
    if (p.mode == 1u) { weight = weights[id]; }
    sum += weightAt(p.mode, t, weight) * source[select(position, id, p.indirect != 0u) * p.width + d];
  }
  pooled[index] = sum;`,
});

/**
 * Gradients of `poolForward` over hidden states (not indirect): dSource (rows * length, D) and, per position,
 * dWeight = source . dPooled, to be summed by token id. Padding gets zeros.
 */
export const poolBackward = defineKernel({
  name: "poolBackward",
  buffers: {
    source: "in f32",
    weights: "in f32",
    ids: "in i32",
    lengths: "in i32",
    dPooled: "in f32",
    dSource: "out f32",
    dWeight: "out f32",
  },
  params: { rows: "u32", length: "u32", width: "u32", mode: "u32" },
  onArrays({ source, weights, ids, lengths, dPooled, dSource, dWeight }, { rows, length, width, mode }) {
    dSource.fill(0);
    dWeight.fill(0);
    for (let r = 0; r < rows; r++) {
      for (let t = 0; t < lengths[r]!; t++) {
        const at = r * length + t;
        const weight = weightAt(mode, t, mode === POOL_MODES.weighted ? weights[ids[at]!]! : 1);
        let dot = 0;
        for (let d = 0; d < width; d++) {
          const gradient = dPooled[r * width + d]!;
          dSource[at * width + d] = weight * gradient;
          dot += source[at * width + d]! * gradient;
        }
        dWeight[at] = dot;
      }
    }
  },
  lanes: 64,
  groups: ({ rows, length }) => Math.ceil((rows * length) / 64),
  wgslModule: POSITION_WEIGHT,
  wgsl: `
  if (index >= p.rows * p.length) { return; }
  let r = index / p.length;
  let t = index % p.length;
  let live = t < u32(lengths[r]);
  var weight = 1.0;
  if (p.mode == 1u && live) { weight = weights[ids[index]]; }
  weight = select(0.0, weightAt(p.mode, t, weight), live);
  var dot = 0.0;
  for (var d = 0u; d < p.width; d++) {
    let gradient = dPooled[r * p.width + d];
    dSource[index * p.width + d] = weight * gradient;
    dot += source[index * p.width + d] * gradient;
  }
  dWeight[index] = select(0.0, dot, live);`,
});

/**
 * Turns summed text gradients into gradients of a bag's parameters, for each of `count` unique token ids u:
 * dWeight[u] = table[id] . sum[u], then sum[u] *= weight(id), in place. sum (>= count, D) = sum over the
 * occurrences of the id of dPooled[text]. Modes uniform and weighted only.
 */
export const bagGradient = defineKernel({
  name: "bagGradient",
  buffers: { table: "in f32", weights: "in f32", ids: "in i32", sum: "inout f32", dWeight: "inout f32" },
  params: { count: "u32", width: "u32", mode: "u32" },
  onArrays({ table, weights, ids, sum, dWeight }, { count, width, mode }) {
    for (let u = 0; u < count; u++) {
      const id = ids[u]!;
      const weight = mode === POOL_MODES.weighted ? weights[id]! : 1;
      let dot = 0;
      for (let d = 0; d < width; d++) {
        dot += table[id * width + d]! * sum[u * width + d]!;
        sum[u * width + d]! *= weight;
      }
      dWeight[u] = dot;
    }
  },
  lanes: 64,
  groups: ({ count }) => Math.ceil(count / 64),
  wgsl: `
  if (index >= p.count) { return; }
  let id = u32(ids[index]);
  var weight = 1.0;
  if (p.mode == 1u) { weight = weights[id]; }
  var dot = 0.0;
  for (var d = 0u; d < p.width; d++) {
    let gradient = sum[index * p.width + d];
    dot += table[id * p.width + d] * gradient;
    sum[index * p.width + d] = gradient * weight;
  }
  dWeight[index] = dot;`,
});
