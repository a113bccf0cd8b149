// Whether work grows with its input no faster than the input does: twice the input takes at most three times as long. Times
// are of the processor, and the best of many at several sizes, so that a busy machine does not count.
import { cpuMs } from "./cpuTime.ts";

const ROUNDS = 10;
const SIZES = 3;
const MOST = 3; // linear work gives 2, quadratic 4 at every size
const ENOUGH_MS = 40; // shorter work may hide what grows behind what does not

/**
 * @param make an input of a size, outside of what is measured
 * @param sizes where to begin, and where to stop doubling though the work is short
 * @returns CPU time of 2n over time of n by the best of up to ROUNDS each, the least of up to SIZES n; ends once it is at most 3
 */
export async function growthOf<T>(
  make: (n: number) => T | Promise<T>,
  work: (input: T) => unknown,
  sizes: { readonly from: number; readonly to: number } = { from: 2000, to: 2 ** 18 },
): Promise<number> {
  const time = async (input: T) => {
    const start = cpuMs();
    await work(input);
    return cpuMs() - start;
  };
  let n = sizes.from;
  let [small, large] = [await make(n), await make(2 * n)];
  const next = async () => {
    n *= 2;
    [small, large] = [large, await make(2 * n)];
  };
  await time(small); // the first time compiles the code
  while ((await time(small)) < ENOUGH_MS && n < sizes.to) await next();
  let least = Infinity;
  for (let size = 0; size < SIZES && least > MOST; size++) {
    if (size > 0) await next();
    const best = { small: 1, large: Infinity }; // of less than a millisecond nothing is to be told
    best.small = Math.max(best.small, await time(small));
    for (let round = 0; round < ROUNDS && best.large > MOST * best.small; round++) {
      best.large = Math.min(best.large, await time(large));
      best.small = Math.max(1, Math.min(best.small, await time(small)));
    }
    least = Math.min(least, best.large / best.small);
  }
  return least;
}
