// Compares a gradient with central differences. Decides no tolerance for the caller beyond the default.

/** Tolerance of every gradient check: an error of 1 % fails by a factor of ten, float32 noise stays below a tenth. */
export const GRADIENT_TOLERANCE = 1e-3;

/**
 * max |numeric - analytic| / max |numeric| over `coordinates`, numeric = (f(x + eps) - f(x - eps)) / (2 eps).
 *
 * @param objective scalar of x, summed in float64; must not keep or change x
 * @param coordinates indices to check; all by default
 */
export async function gradientError(
  objective: (x: Float32Array) => Promise<number>,
  x: Float32Array,
  analytic: Float32Array,
  { eps = 1e-2, coordinates = Array.from(x.keys()) }: { eps?: number; coordinates?: readonly number[] } = {},
): Promise<number> {
  let worst = 0;
  let largest = 0;
  for (const i of coordinates) {
    const up = x.slice();
    const down = x.slice();
    up[i]! += eps;
    down[i]! -= eps;
    const numeric = ((await objective(up)) - (await objective(down))) / (up[i]! - down[i]!);
    worst = Math.max(worst, Math.abs(numeric - analytic[i]!));
    largest = Math.max(largest, Math.abs(numeric));
  }
  if (largest === 0)
    throw new Error("gradientError: the objective does not depend on x here, nothing is checked");
  return worst / largest;
}

/** The `count` coordinates of largest size, which a check of few coordinates should look at. */
export function largestCoordinates(gradient: Float32Array, count: number): number[] {
  return Array.from(gradient.keys())
    .sort((a, b) => Math.abs(gradient[b]!) - Math.abs(gradient[a]!))
    .slice(0, count);
}
