// The matrix product in WGSL, SIMD and plain arrays, one kernel for each way its operands may lie. Chooses none of them.
import { defineKernel } from "./kernel.ts";
import { productTogether } from "./productThreads.ts";

/** Operands as they lie (N) or transposed (T): c (n, m) = a (n, k) b (k, m), where a T operand is stored the other way. */
export type ProductKind = "NN" | "NT" | "TN" | "TT";

/** Address of a[i, q] and b[q, j], in WGSL and in TypeScript alike but for `p.`. */
const A_AT = { N: "i * p.k + q", T: "q * p.n + i" } as const;
const B_AT = { N: "q * p.m + j", T: "j * p.k + q" } as const;

type Letter = "N" | "T";
const letters = (kind: ProductKind) => [kind[0] as Letter, kind[1] as Letter] as const;

function define(kind: ProductKind, style: string, shader: Shader) {
  const [aWay, bWay] = letters(kind);
  return defineKernel({
    name: `product${kind}${style}`,
    buffers: { a: "in f32", b: "in f32", c: "out f32" },
    params: { n: "u32", k: "u32", m: "u32" },
    multiplications: ({ n, k, m }) => n * k * m,
    onArrays({ a, b, c }, { n, k, m }) {
      const row = new Float64Array(m);
      for (let i = 0; i < n; i++) {
        row.fill(0);
        for (let q = 0; q < k; q++) {
          const x = aWay === "N" ? a[i * k + q]! : a[q * n + i]!;
          if (bWay === "N") for (let j = 0; j < m; j++) row[j]! += x * b[q * m + j]!;
          else for (let j = 0; j < m; j++) row[j]! += x * b[j * k + q]!;
        }
        c.set(row, i * m);
      }
    },
    onSimd({ a, b, c }, { n, k, m }, engine) {
      const [ars, acs] = aWay === "N" ? [k, 1] : [1, n];
      const [brs, bcs] = bWay === "N" ? [m, 1] : [1, k];
      if (productTogether({ a, ars, acs, b, brs, bcs, c }, n, k, m, engine)) return true;
      const { routines, scratch } = engine;
      routines.matmul(c, a, ars, acs, b, brs, bcs, n, k, m, scratch(routines.matmulScratch(m)));
      return true;
    },
    ...shader,
  });
}

type Shader = Pick<
  Parameters<typeof defineKernel<Record<string, never>, { n: "u32"; k: "u32"; m: "u32" }>>[0],
  "lanes" | "groups" | "wgsl" | "wgslModule"
>;

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/**
 * For real GPUs: a workgroup makes 64 x 64 of c from stretches of 16 held in workgroup memory, a thread 4 x 4 of it.
 * Every element adds its k products in order, so a row's bits do not depend on the rows beside it.
 */
function tiled(kind: ProductKind): Shader {
  const [aWay, bWay] = letters(kind);
  // Neighbouring threads read neighbouring addresses, whichever way the operand lies.
  const place = (fast: "q" | "line") =>
    fast === "q"
      ? { line: "(lane / 16u + 16u * s)", q: "(lane % 16u)" }
      : { line: "(lane % 64u)", q: "(lane / 64u + 4u * s)" };
  const left = place(aWay === "N" ? "q" : "line");
  const right = place(bWay === "T" ? "q" : "line");
  return {
    lanes: 256,
    groups: ({ n, m }) => Math.ceil(n / 64) * Math.ceil(m / 64),
    wgslModule: "var<workgroup> tileA: array<f32, 1024>;\nvar<workgroup> tileB: array<f32, 1024>;",
    wgsl: `
  let across = (p.m + 63u) / 64u;
  let top = group / across * 64u;
  let edge = group % across * 64u;
  if (top >= p.n) { return; }
  var sums: array<vec4<f32>, 4>;
  for (var start = 0u; start < p.k; start += 16u) {
    for (var s = 0u; s < 4u; s++) {
      {
        let i = top + ${left.line};
        let q = start + ${left.q};
        var value = 0.0;
        if (i < p.n && q < p.k) { value = a[${A_AT[aWay]}]; }
        tileA[${left.q} * 64u + ${left.line}] = value;
      }
      {
        let j = edge + ${right.line};
        let q = start + ${right.q};
        var value = 0.0;
        if (j < p.m && q < p.k) { value = b[${B_AT[bWay]}]; }
        tileB[${right.q} * 64u + ${right.line}] = value;
      }
    }
    workgroupBarrier();
    for (var q = 0u; q < 16u; q++) {
      let x = q * 64u + lane / 16u * 4u;
      let y = q * 64u + lane % 16u * 4u;
      let line = vec4(tileB[y], tileB[y + 1u], tileB[y + 2u], tileB[y + 3u]);
      ${numbers(4)
        .map((r) => `sums[${r}] += tileA[x + ${r}u] * line;`)
        .join(" ")}
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    let i = top + lane / 16u * 4u + r;
    for (var s = 0u; s < 4u; s++) {
      let j = edge + lane % 16u * 4u + s;
      if (i < p.n && j < p.m) { c[i * p.m + j] = sums[r][s]; }
    }
  }`,
  };
}

/**
 * For adapters that compute on the CPU, where a barrier costs more than reading again: a thread makes 8 rows x 4 columns
 * in registers, lanes along the columns, two products of each sum at a time. 4 to 9 times tfjs's product on SwiftShader.
 */
function direct(kind: ProductKind): Shader {
  const [aWay, bWay] = letters(kind);
  const [rows, columns, lanes] = [numbers(8), numbers(4), 16];
  const span = columns.length * lanes;
  const each = (make: (r: number, c: number) => string) =>
    rows.flatMap((r) => columns.map((c) => make(r, c))).join("\n");
  const x = (r: number, q: string) => `a[${A_AT[aWay].replace("i", `i${r}`).replace("q", q)}]`;
  const y = (c: number, q: string) => `b[${B_AT[bWay].replace("j", `j${c}`).replace("q", q)}]`;
  const read = (q: string, name: string) =>
    [
      ...rows.map((r) => `let x${r}${name} = ${x(r, q)};`),
      ...columns.map((c) => `let y${c}${name} = ${y(c, q)};`),
    ].join("\n");
  return {
    lanes,
    groups: ({ n, m }) => Math.ceil(n / rows.length) * Math.ceil(m / span),
    wgsl: `
  let across = (p.m + ${span - 1}u) / ${span}u;
  let top = group / across * ${rows.length}u;
  if (top >= p.n) { return; }
  let edge = group % across * ${span}u + lane;
  ${rows.map((r) => `let i${r} = min(top + ${r}u, p.n - 1u);`).join("\n")}
  ${columns.map((c) => `let j${c} = min(edge + ${c * lanes}u, p.m - 1u);`).join("\n")}
  ${each((r, c) => `var s${r}_${c} = 0.0;`)}
  let pairs = p.k & ~1u;
  for (var q = 0u; q < pairs; q += 2u) {
    ${read("q", "a")}
    ${read("(q + 1u)", "b")}
    ${each((r, c) => `s${r}_${c} = s${r}_${c} + x${r}a * y${c}a + x${r}b * y${c}b;`)}
  }
  if (pairs < p.k) {
    ${read("pairs", "a")}
    ${each((r, c) => `s${r}_${c} += x${r}a * y${c}a;`)}
  }
  ${each(
    (r, c) =>
      `if (top + ${r}u < p.n && edge + ${c * lanes}u < p.m) { c[(top + ${r}u) * p.m + edge + ${c * lanes}u] = s${r}_${c}; }`,
  )}`,
  };
}

function all(style: string, shader: (kind: ProductKind) => Shader) {
  const make = (kind: ProductKind) => define(kind, style, shader(kind));
  return { NN: make("NN"), NT: make("NT"), TN: make("TN"), TT: make("TT") };
}

/** By how the adapter likes to work; on wasm and cpu the two are the same. */
export const productKernels = { tiled: all("Tiled", tiled), direct: all("Direct", direct) };
