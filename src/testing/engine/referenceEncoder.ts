// The encoder and its loss once more, in plain float64 loops, written for reading. Only tests use it, as the judge.
import type { ModelWeights } from "../../training/model/weights.ts";

type Vector = number[];

const dot = (a: Vector, b: Vector) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const plus = (a: Vector, b: Vector) => a.map((x, i) => x + b[i]!);

/** erf by its Maclaurin series: exact to float64 for the |x| < 5 of tests. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Unit vector of one text; zeros for an empty one. */
export function referenceVector(weights: ModelWeights, tokens: readonly number[]): Vector {
  const { config, tensors } = weights;
  const { width, heads } = config;
  const row = (name: string, i: number) =>
    Array.from(tensors[name]!.data.subarray(i * width, (i + 1) * width));
  const all = (name: string) => Array.from(tensors[name]!.data);
  const linear = (x: Vector, name: string) => {
    const { shape, data } = tensors[`${name}.weight`]!;
    const inputs = shape[1]!;
    return all(`${name}.bias`).map(
      (b, o) => b + dot(x, Array.from(data.subarray(o * inputs, (o + 1) * inputs))),
    );
  };
  const layerNorm = (x: Vector, name: string) => {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
    const [gamma, beta] = [all(`${name}.weight`), all(`${name}.bias`)];
    return x.map(
      (value, i) =>
        gamma[i]! * ((value - mean) / Math.sqrt(variance + (config.normEpsilon ?? 1e-12))) + beta[i]!,
    );
  };

  let hidden = tokens.map((id) => row("embeddings.word_embeddings.weight", id));
  if (config.layers > 0) {
    hidden = hidden.map((x, t) => plus(x, row("embeddings.position_embeddings.weight", t)));
    hidden = hidden.map((x) => layerNorm(x, "embeddings.LayerNorm"));
  }
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `encoder.layer.${layer}`;
    const [q, k, v] = ["query", "key", "value"].map((part) =>
      hidden.map((x) => linear(x, `${at}.attention.self.${part}`)),
    ) as [Vector[], Vector[], Vector[]];
    const size = width / heads;
    const attended = hidden.map((_, i) =>
      Array.from({ length: heads }, (_, h) => {
        const part = (x: Vector) => x.slice(h * size, (h + 1) * size);
        const exps = k.map((key) => Math.exp(dot(part(q[i]!), part(key)) / Math.sqrt(size)));
        const total = exps.reduce((a, b) => a + b, 0);
        return Array.from({ length: size }, (_, d) =>
          v.reduce((sum, value, j) => sum + (exps[j]! / total) * part(value)[d]!, 0),
        );
      }).flat(),
    );
    hidden = hidden.map((x, i) => {
      const joined = plus(linear(attended[i]!, `${at}.attention.output.dense`), x);
      const middle = layerNorm(joined, `${at}.attention.output.LayerNorm`);
      const inner = linear(middle, `${at}.intermediate.dense`).map(
        (z) => (z / 2) * (1 + erf(z / Math.SQRT2)),
      );
      return layerNorm(plus(linear(inner, `${at}.output.dense`), middle), `${at}.output.LayerNorm`);
    });
  }
  const tokenWeights = tensors["pooling.token_weights"];
  let pooled: Vector = new Array<number>(width).fill(0);
  hidden.forEach((x, t) => {
    const weight = config.pooling === "cls" ? (t === 0 ? 1 : 0) : (tokenWeights?.data[tokens[t]!] ?? 1);
    pooled = plus(
      pooled,
      x.map((value) => value * weight),
    );
  });
  if (config.pooling === "max" && hidden.length > 0) {
    pooled = hidden.reduce((best, x) => best.map((value, d) => Math.max(value, x[d]!)));
  }
  if (config.dense) {
    const mean = config.pooling === "mean" ? pooled.map((x) => x / Math.max(1, tokens.length)) : pooled;
    const { data } = tensors["dense.linear.weight"]!;
    pooled = Array.from({ length: config.dense.outputs }, (_, o) => {
      const row = Array.from(data.subarray(o * width, (o + 1) * width));
      const z = dot(row, mean) + (tensors["dense.linear.bias"]?.data[o] ?? 0);
      return config.dense!.activation === "tanh" ? Math.tanh(z) : z;
    });
  }
  const norm = Math.sqrt(dot(pooled, pooled));
  return norm === 0 ? pooled : pooled.map((x) => x / norm);
}
