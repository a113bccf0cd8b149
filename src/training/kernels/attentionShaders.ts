// WGSL of attention.ts for heads of one width: a thread keeps its rows to itself and walks over its text's tokens.
// No workgroup memory and no barrier. Decides no meaning.

/** Threads in a workgroup: as many neighbouring places of one head, so that they mostly read the same rows. */
export const PLACES = 64;

/** This thread's place and head, its text (none for filling), and where its rows begin. `at` counts (head, place) pairs. */
const WHERE = `
  let h = at / p.places;
  if (h >= p.heads) { return; }
  let place = at % p.places;
  let head = h * SIZE;
  let outAt = place * p.width + head;
  let rowAt = place * 3u * p.width + head;
  let owner = owners[place];
  var first = 0u;
  var end = 0u;
  if (owner >= 0) {
    first = u32(starts[owner]);
    end = u32(starts[owner + 1]);
  }`;

/** Bodies of the two kernels. Each sums over the tokens of a text in order: equal inputs, equal bits. */
export function attentionShaders(size: number): { readonly forward: string; readonly backward: string } {
  /** Dimensions 4 c .. 4 c + 3 of a row, zeros past the head's last. */
  const four = (buffer: string, at: string) => {
    const dims = [0, 1, 2, 3].map((e) => `${buffer}[${at} + 4u * c + ${e}u]`);
    return `vec4(${dims.map((x, e) => (size % 4 === 0 ? x : `select(0.0, ${x}, 4u * c + ${e}u < SIZE)`)).join(", ")})`;
  };
  const each = (body: string) => `for (var c = 0u; c < FOURS; c++) { ${body} }`;
  const rows = (...names: string[]) => names.map((name) => `var ${name}: array<vec4<f32>, FOURS>;`).join(" ");
  const store = (buffer: string, at: string, value: string) =>
    each(
      `let x = ${value}; for (var e = 0u; e < min(4u, SIZE - 4u * c); e++) { ${buffer}[${at} + 4u * c + e] = x[e]; }`,
    );

  const [qBias, kBias, vBias] = ["head", "p.width + head", "2u * p.width + head"].map((at) =>
    four("bias", at),
  );
  const constants = `
  const SIZE = ${size}u;
  const FOURS = ${Math.ceil(size / 4)}u; // of a row
  const SCALE = ${1 / Math.sqrt(size)}f;`;
  // A bias is the same for every token that a thread walks over: what it adds to a score is added up once, in front.

  const forward = `${constants}
  let at = index;
  ${WHERE}
  if (end == 0u) {
    lse[place * p.heads + h] = 0.0;
    ${store("out", "outAt", "vec4(0.0)")}
    return;
  }
  ${rows("q", "total")}
  var shift = 0.0;
  ${each(`q[c] = ${four("qkv", "rowAt")} + ${qBias}; shift += dot(q[c], ${kBias});`)}
  var top = -3.0e38;
  var sum = 0.0;
  for (var j = first; j < end; j++) {
    let k = j * 3u * p.width + p.width + head;
    let v = k + p.width;
    var s = shift;
    ${each(`s += dot(q[c], ${four("qkv", "k")});`)}
    s *= SCALE;
    let higher = max(top, s);
    let keep = exp(top - higher);
    let e = exp(s - higher);
    top = higher;
    sum = sum * keep + e;
    ${each(`total[c] = total[c] * keep + e * ${four("qkv", "v")};`)}
  }
  lse[place * p.heads + h] = top + log(sum);
  ${store("out", "outAt", `total[c] / sum + ${vBias}`)}`;

  const backward = `${constants}
  let half = (p.places * p.heads + LANES - 1u) / LANES;
  let at = group % half * LANES + lane;
  ${WHERE}
  if (group < half) { // as a query
    ${rows("q", "g", "dQ")}
    var shift = 0.0;
    var mean = 0.0;
    ${each(`q[c] = ${four("qkv", "rowAt")} + ${qBias}; g[c] = ${four("dOut", "outAt")};
      shift += dot(q[c], ${kBias}); mean += dot(g[c], ${four("out", "outAt")} - ${vBias});`)}
    let rowLse = lse[place * p.heads + h];
    for (var j = first; j < end; j++) {
      let k = j * 3u * p.width + p.width + head;
      let v = k + p.width;
      var s = shift;
      var gap = -mean;
      ${each(`s += dot(q[c], ${four("qkv", "k")}); gap += dot(g[c], ${four("qkv", "v")});`)}
      let ds = exp(s * SCALE - rowLse) * gap * SCALE; // of all keys they add up to 0, so the bias has no part
      ${each(`dQ[c] += ds * ${four("qkv", "k")};`)}
    }
    ${store("dQkv", "rowAt", "dQ[c]")}
  } else if (group < 2u * half) { // as a key
    let kAt = rowAt + p.width;
    let vAt = kAt + p.width;
    ${rows("k", "v", "dK", "dV")}
    var shift = 0.0;
    ${each(`k[c] = ${four("qkv", "kAt")} + ${kBias}; v[c] = ${four("qkv", "vAt")} + ${vBias};
      shift += dot(k[c], ${qBias});`)}
    var total = 0.0;
    for (var i = first; i < end; i++) {
      let q = i * 3u * p.width + head;
      let o = i * p.width + head;
      var s = shift;
      var gap = 0.0;
      ${each(`s += dot(k[c], ${four("qkv", "q")}); gap += dot(${four("dOut", "o")}, v[c] - ${four("out", "o")});`)}
      let prob = exp(s * SCALE - lse[i * p.heads + h]);
      let ds = prob * gap * SCALE;
      total += ds;
      ${each(`dK[c] += ds * ${four("qkv", "q")}; dV[c] += prob * ${four("dOut", "o")};`)}
    }
    ${store("dQkv", "kAt", `dK[c] + total * ${qBias}`)}
    ${store("dQkv", "vAt", "dV[c]")}
  }`;
  return { forward, backward };
}
