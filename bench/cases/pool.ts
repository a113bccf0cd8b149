// Whether a pool larger than memory is ranked: memory and time a passage against the pool's size, each in a fresh process.
import { atMost, ceiling, figure, type Case } from "../case.ts";
import type { PoolRun } from "../streaming/evaluatePool.ts";
import { inFreshProcess } from "../streaming/freshProcess.ts";

/** The first is held whole on the device (docs/metrics.md), the others are ranked in blocks. */
const [HELD, SMALL, LARGE] = [100_000, 600_000, 1_000_000];
/** Vectors of the large pool alone, 128 wide in 32 bits: what an evaluation in one piece would hold. */
const VECTORS_MIB = (LARGE * 128 * 4) / 2 ** 20;

async function measure(passages: number): Promise<PoolRun> {
  const run = JSON.parse(await inFreshProcess("evaluatePool.ts", passages)) as PoolRun;
  process.stdout.write(
    `    ${passages} passages, ${run.queries} queries: load ${run.loadSeconds.toFixed(1)} s, ranked in ` +
      `${run.seconds.toFixed(1)} s, held ${run.heldMiB.toFixed(0)} MiB before, peak ${run.peakMiB.toFixed(0)} MiB, ` +
      `Mul ${run.multi.toFixed(4)}\n`,
  );
  return run;
}

export const pool: Case = {
  name: "pool",
  about: `memory and time of ranking ${HELD}, ${SMALL} and ${LARGE} invented passages on wasm, a process each`,
  async run() {
    const held = await measure(HELD);
    const small = await measure(SMALL);
    const large = await measure(LARGE);
    const perPassage = ({ seconds, passages }: PoolRun) => (1e6 * seconds) / passages;
    const above = ({ peakMiB, heldMiB }: PoolRun) => peakMiB - heldMiB;
    const time = { name: "pool/time-a-passage", unit: "µs", value: perPassage(large) };
    return [
      atMost({
        ...time,
        baseline: `pool of ${SMALL}, in blocks too`,
        baselineValue: perPassage(small),
        most: 1.2,
      }),
      figure({
        ...time,
        name: "pool/blocks-against-held",
        baseline: `pool of ${HELD}, held whole`,
        baselineValue: perPassage(held),
      }),
      figure({
        name: "pool/peak-growth",
        unit: "MiB above what was held before",
        value: above(large),
        baseline: `pool of ${SMALL}`,
        baselineValue: above(small),
      }),
      ceiling({
        name: "pool/peak-while-ranking",
        unit: "MiB",
        value: above(large),
        limit: VECTORS_MIB,
        limitName: "MiB of the pool's vectors",
      }),
    ];
  },
};
