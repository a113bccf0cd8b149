// WGSL of attention.ts for heads of one width: a thread keeps its rows in registers and walks over its text's tokens.
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
  const parts = Array.from({ length: Math.ceil(size / 4) }, (_, c) => c);
  const each = (make: (c: number) => string) => parts.map(make).join("\n    ");
  /** Four dimensions of a row, zeros past the head's last. */
  const four = (buffer: string, at: string, c: number) => {
    const dims = [0, 1, 2, 3].map((e) => 4 * c + e);
    return `vec4(${dims.map((d) => (d < size ? `${buffer}[${at} + ${d}u]` : "0.0")).join(", ")})`;
  };
  const row = (name: string, buffer: string, at: string, bias?: string) =>
    each((c) => `let ${name}${c} = ${four(buffer, at, c)}${bias ? ` + ${four("bias", bias, c)}` : ""};`);
  const zeros = (name: string) => each((c) => `var ${name}${c} = vec4(0.0);`);
  const dotOf = (a: string, b: string) => `(${parts.map((c) => `dot(${a}${c}, ${b}${c})`).join(" + ")})`;
  const store = (buffer: string, at: string, value: (c: number) => string) =>
    each((c) => {
      const dims = [0, 1, 2, 3].filter((e) => 4 * c + e < size);
      return `{ let x = ${value(c)}; ${dims.map((e) => `${buffer}[${at} + ${4 * c + e}u] = x[${e}];`).join(" ")} }`;
    });

  const [qBias, kBias, vBias] = ["head", "p.width + head", "2u * p.width + head"];
  const [kAt, vAt] = [`rowAt + p.width`, `rowAt + 2u * p.width`];
  const constants = `
  const SIZE = ${size}u;
  const SCALE = ${1 / Math.sqrt(size)}f;`;
  // A bias is the same for every token that a thread walks over: what it adds to a score is added up once, in front.

  const forward = `${constants}
  let at = index;
  ${WHERE}
  if (end == 0u) {
    lse[place * p.heads + h] = 0.0;
    ${store("out", "outAt", () => "vec4(0.0)")}
    return;
  }
    ${row("q", "qkv", "rowAt", qBias)}
    ${row("kb", "bias", kBias)}
    ${row("vb", "bias", vBias)}
  let shift = ${dotOf("q", "kb")};
    ${zeros("total")}
  var top = -3.0e38;
  var sum = 0.0;
  for (var j = first; j < end; j++) {
    let at = j * 3u * p.width + p.width + head;
    ${row("k", "qkv", "at")}
    let s = (${dotOf("q", "k")} + shift) * SCALE;
    let higher = max(top, s);
    let keep = exp(top - higher);
    let e = exp(s - higher);
    top = higher;
    sum = sum * keep + e;
    ${each((c) => `total${c} = total${c} * keep + e * ${four("qkv", "at + p.width", c)};`)}
  }
  lse[place * p.heads + h] = top + log(sum);
    ${store("out", "outAt", (c) => `total${c} / sum + vb${c}`)}`;

  const backward = `${constants}
  let half = (p.places * p.heads + LANES - 1u) / LANES;
  let at = group % half * LANES + lane;
  ${WHERE}
  if (group < half) { // as a query
    ${row("q", "qkv", "rowAt", qBias)}
    ${row("g", "dOut", "outAt")}
    ${row("o", "out", "outAt")}
    ${row("kb", "bias", kBias)}
    ${row("vb", "bias", vBias)}
    ${zeros("dQ")}
    let shift = ${dotOf("q", "kb")};
    let mean = ${dotOf("g", "o")} - ${dotOf("g", "vb")};
    let rowLse = lse[place * p.heads + h];
    for (var j = first; j < end; j++) {
      let at = j * 3u * p.width + p.width + head;
      ${row("k", "qkv", "at")}
      ${row("v", "qkv", "at + p.width")}
      let prob = exp((${dotOf("q", "k")} + shift) * SCALE - rowLse);
      let ds = prob * (${dotOf("g", "v")} - mean) * SCALE; // of all keys they add up to 0, so the bias has no part
      ${each((c) => `dQ${c} += ds * k${c};`)}
    }
    ${store("dQkv", "rowAt", (c) => `dQ${c}`)}
  } else if (group < 2u * half) { // as a key
    ${row("k", "qkv", kAt, kBias)}
    ${row("v", "qkv", vAt, vBias)}
    ${row("qb", "bias", qBias)}
    ${zeros("dK")}
    ${zeros("dV")}
    let shift = ${dotOf("k", "qb")};
    var total = 0.0;
    for (var i = first; i < end; i++) {
      let at = i * 3u * p.width + head;
      let outFrom = i * p.width + head;
      ${row("q", "qkv", "at")}
      ${row("g", "dOut", "outFrom")}
      ${row("o", "out", "outFrom")}
      let prob = exp((${dotOf("k", "q")} + shift) * SCALE - lse[i * p.heads + h]);
      let ds = prob * (${parts.map((c) => `dot(g${c}, v${c} - o${c})`).join(" + ")}) * SCALE;
      total += ds;
      ${each((c) => `dK${c} += ds * q${c}; dV${c} += prob * g${c};`)}
    }
    ${store("dQkv", kAt, (c) => `dK${c} + total * qb${c}`)}
    ${store("dQkv", vAt, (c) => `dV${c}`)}
  }`;
  return { forward, backward };
}
