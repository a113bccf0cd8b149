// Whether a pool larger than memory is ranked: memory and time a passage against the pool's size, each in a fresh process.
import { atMost, ceiling, type Case } from "../case.ts";
import type { PoolRun } from "../streaming/evaluatePool.ts";
import { inFreshProcess } from "../streaming/freshProcess.ts";

const [SMALL, LARGE] = [100_000, 1_000_000];
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
  about: `memory and time of ranking ${SMALL} and ${LARGE} invented passages on wasm, a process each`,
  async run() {
    const small = await measure(SMALL);
    const large = await measure(LARGE);
    const perPassage = ({ seconds, passages }: PoolRun) => (1e6 * seconds) / passages;
    return [
      atMost({
        name: "pool/time-a-passage",
        unit: "µs",
        value: perPassage(large),
        baseline: `pool of ${SMALL}`,
        baselineValue: perPassage(small),
        most: 1.2,
      }),
      ceiling({
        name: "pool/peak-while-ranking",
        unit: "MiB",
        value: large.peakMiB - large.heldMiB,
        limit: VECTORS_MIB,
        limitName: "MiB of the pool's vectors",
      }),
    ];
  },
};
