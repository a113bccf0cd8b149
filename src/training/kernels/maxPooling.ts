// The largest value of each dimension over a text's tokens (sentence-transformers' max pooling), forward and backward.
import { defineKernel } from "../engine/kernel.ts";

/** pooled[r, d] = max over the places i of text r of source[i, d]; an empty text gives zeros. Shapes as poolForward's. */
export const maxPoolForward = defineKernel({
  name: "maxPoolForward",
  buffers: { source: "in f32", starts: "in i32", pooled: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ source, starts, pooled }, { rows, width }) {
    pooled.fill(0);
    for (let r = 0; r < rows; r++) {
      for (let i = starts[r]!; i < starts[r + 1]!; i++) {
        for (let d = 0; d < width; d++) {
          const value = source[i * width + d]!;
          if (i === starts[r] || value > pooled[r * width + d]!) pooled[r * width + d] = value;
        }
      }
    }
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  let d = index % p.width;
  let first = u32(starts[r]);
  var best = 0.0;
  for (var i = first; i < u32(starts[r + 1u]); i++) {
    let value = source[i * p.width + d];
    if (i == first || value > best) { best = value; }
  }
  pooled[index] = best;`,
});

/** dSource (n, D): the gradient of `pooled` at the first place of the largest value, 0 elsewhere and in the filling. */
export const maxPoolBackward = defineKernel({
  name: "maxPoolBackward",
  buffers: { source: "in f32", starts: "in i32", dPooled: "in f32", dSource: "out f32" },
  params: { rows: "u32", places: "u32", width: "u32" },
  onArrays({ source, starts, dPooled, dSource }, { rows, width }) {
    dSource.fill(0);
    for (let r = 0; r < rows; r++) {
      if (starts[r] === starts[r + 1]) continue;
      for (let d = 0; d < width; d++) {
        let best = starts[r]!;
        for (let i = best + 1; i < starts[r + 1]!; i++) {
          if (source[i * width + d]! > source[best * width + d]!) best = i;
        }
        dSource[best * width + d] = dPooled[r * width + d]!;
      }
    }
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  let d = index % p.width;
  let first = u32(starts[r]);
  let end = u32(starts[r + 1u]);
  var best = first;
  for (var i = first; i < end; i++) {
    dSource[i * p.width + d] = 0.0;
    if (source[i * p.width + d] > source[best * p.width + d]) { best = i; }
  }
  if (first < end) { dSource[best * p.width + d] = dPooled[index]; }
  if (r + 1u == p.rows) {
    for (var i = end; i < p.places; i++) { dSource[i * p.width + d] = 0.0; }
  }`,
});
