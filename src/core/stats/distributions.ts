// Student's t and Fisher's F by the incomplete beta function, to twelve digits: what intervals, fits and plans ask. Knows no run.

/** Lanczos's coefficients for g = 7 (Godfrey 2001): ln Γ to 15 digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x), x > 0 */
function lnGamma(x: number): number {
  if (x < 0.5) return lnGamma(x + 1) - Math.log(x);
  const t = x + 6.5;
  const sum = LANCZOS.reduce((total, c, i) => (i === 0 ? c : total + c / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** A guard; a few hundred do for a million degrees of freedom. */
const MOST_TERMS = 10_000;

const lnBeta = (a: number, b: number): number => lnGamma(a) + lnGamma(b) - lnGamma(a + b);

/**
 * I_x(a, b), regularised, by its continued fraction (DLMF 8.17.22), from the end where it converges fast.
 *
 * @param y 1 - x, said apart: near 1 it has digits that x has lost
 */
function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(y, x, b, a);
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  const take = (term: number) => {
    d = 1 / (1 + term * d);
    c = 1 + term / c;
    value *= c * d;
  };
  for (let m = 1; m < MOST_TERMS; m++) {
    take((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)));
    take((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return (Math.exp(a * Math.log(x) + b * Math.log(y) - lnBeta(a, b)) / a) * value;
}

/** P(T > t), `df` > 0. */
export function studentUpper(t: number, df: number): number {
  if (t < 0) return 1 - studentUpper(-t, df);
  const all = df + t * t;
  return t === Infinity ? 0 : 0.5 * incompleteBeta(df / all, (t * t) / all, df / 2, 0.5);
}

/** P(F > f) with `df1` and `df2` degrees of freedom; 1 at 0 and below. */
export function fisherUpper(f: number, df1: number, df2: number): number {
  if (f <= 0 || f === Infinity) return f <= 0 ? 1 : 0;
  const all = df2 + df1 * f;
  return incompleteBeta(df2 / all, (df1 * f) / all, df2 / 2, df1 / 2);
}

const studentDensity = (t: number, df: number): number =>
  Math.exp(-0.5 * (df + 1) * Math.log1p((t * t) / df) - lnBeta(df / 2, 0.5)) / Math.sqrt(df);

/** Those that were asked for: a planner asks for the same few hundred again and again. */
const known = new Map<string, number>();
const MOST_KNOWN = 5000;

/**
 * Quantile of Student's t.
 *
 * @param p in (0, 1)
 * @param df degrees of freedom > 0, whole or not
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentQuantile: p must be between 0 and 1, got ${p}`);
  if (!(df > 0)) throw new RangeError(`studentQuantile: df must be above 0, got ${df}`);
  const key = `${p} ${df}`;
  const found = known.get(key) ?? (p < 0.5 ? -upperPoint(p, df) : upperPoint(1 - p, df));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** t >= 0 with P(T > t) = `upper` <= 1/2. Beyond 0 that falls ever more slowly, so Newton's steps from 0 never go too far. */
function upperPoint(upper: number, df: number): number {
  let t = 0;
  for (let i = 0; i < MOST_TERMS; i++) {
    const step = (studentUpper(t, df) - upper) / studentDensity(t, df);
    t += step;
    if (!(step > 1e-14 * t)) break;
  }
  return t;
}
