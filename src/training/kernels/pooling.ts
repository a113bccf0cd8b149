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
 * pooled[r] = sum over the places i of text r of w(i) * source[row], row = ids[i] if `indirect`, else i.
 *
 * Texts are packed: text r has places starts[r] .. starts[r + 1]. A weighted mean without its division: L2
 * normalisation follows, so dividing by the sum of the weights would only flip the sign where trained weights sum to
 * less than zero. `indirect` pools an embedding table (V, D) directly: the whole forward pass of a bag of pieces.
 * ids (n), starts (rows + 1), pooled (rows, D); an empty text gives zeros.
 */
export const poolForward = defineKernel({
  name: "poolForward",
  buffers: { source: "in f32", weights: "in f32", ids: "in i32", starts: "in i32", pooled: "out f32" },
  params: { rows: "u32", width: "u32", mode: "u32", indirect: "u32" },
  onArrays({ source, weights, ids, starts, pooled }, { rows, width, mode, indirect }) {
    pooled.fill(0);
    for (let r = 0; r < rows; r++) {
      const out = r * width;
      for (let i = starts[r]!; i < starts[r + 1]!; i++) {
        const id = ids[i]!;
        const weight = weightAt(mode, i - starts[r]!, mode === POOL_MODES.weighted ? weights[id]! : 1);
        if (weight === 0) continue;
        const at = (indirect ? id : i) * width;
        for (let d = 0; d < width; d++) pooled[out + d]! += weight * source[at + d]!;
      }
    }
  },
  onSimd({ source, weights, ids, starts, pooled }, { rows, width, mode, indirect }, { routines }) {
    if (width % 2 !== 0) return false;
    routines.poolForward(source, weights, ids, starts, pooled, rows, width, mode, indirect);
    return true;
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgslModule: POSITION_WEIGHT,
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  let d = index % p.width;
  let first = u32(starts[r]);
  var sum = 0.0;
  for (var i = first; i < u32(starts[r + 1u]); i++) {
    let id = u32(ids[i]);
    var weight = 1.0;
    if (p.mode == 1u) { weight = weights[id]; }
    sum += weightAt(p.mode, i - first, weight) * source[select(i, id, p.indirect != 0u) * p.width + d];
  }
  pooled[index] = sum;`,
});

/**
 * Gradients of `poolForward` over hidden states (not indirect): dSource (n, D) and, per place, dWeight (n) =
 * source . dPooled, to be summed by token id. owners (n) = the text of a place, -1 for filling, which gets zeros.
 */
export const poolBackward = defineKernel({
  name: "poolBackward",
  buffers: {
    source: "in f32",
    weights: "in f32",
    ids: "in i32",
    starts: "in i32",
    owners: "in i32",
    dPooled: "in f32",
    dSource: "out f32",
    dWeight: "out f32",
  },
  params: { places: "u32", width: "u32", mode: "u32" },
  onArrays({ source, weights, ids, starts, owners, dPooled, dSource, dWeight }, { places, width, mode }) {
    dSource.fill(0);
    dWeight.fill(0);
    for (let i = 0; i < places; i++) {
      const r = owners[i]!;
      if (r < 0) continue;
      const weight = weightAt(mode, i - starts[r]!, mode === POOL_MODES.weighted ? weights[ids[i]!]! : 1);
      let dot = 0;
      for (let d = 0; d < width; d++) {
        const gradient = dPooled[r * width + d]!;
        dSource[i * width + d] = weight * gradient;
        dot += source[i * width + d]! * gradient;
      }
      dWeight[i] = dot;
    }
  },
  lanes: 64,
  groups: ({ places }) => Math.ceil(places / 64),
  wgslModule: POSITION_WEIGHT,
  wgsl: `
  if (index >= p.places) { return; }
  let live = owners[index] >= 0;
  let r = u32(max(owners[index], 0));
  var weight = 1.0;
  if (p.mode == 1u) { weight = weights[ids[index]]; }
  weight = select(0.0, weightAt(p.mode, index - u32(starts[r]), weight), live);
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
 * places of the id of dPooled[owner]. Modes uniform and weighted only.
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
  onSimd({ table, weights, ids, sum, dWeight }, { count, width, mode }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.bagGradient(table, weights, ids, sum, dWeight, count, width, mode);
    return true;
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
