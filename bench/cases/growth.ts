// How time grows with the size of things, on wasm: one size changes at a time. Linear is the ratio of the sizes.
import { createModel } from "../../src/training/model/model.ts";
import { ceiling, figure, type Case, type CaseResult } from "../case.ts";
import { startWasm } from "../device.ts";
import { evaluateByCounting, inventEvaluation } from "../../src/training/benchmark/evaluationTask.ts";
import { race, type Contestant } from "../race.ts";
import {
  inventBatch,
  inventWeights,
  SMALL,
  stepFlops,
  type StepShape,
} from "../../src/training/benchmark/stepShape.ts";
import { stepLoss } from "../stepRace.ts";

const ROUNDS = 3;
const STEPS: Readonly<Record<string, readonly Partial<StepShape>[]>> = {
  width: [64, 128, 256].map((width) => ({ width, feedForward: 4 * width, heads: width / 32 })),
  layers: [1, 2, 4, 6].map((layers) => ({ layers })),
  pairs: [16, 32, 64, 128].map((pairs) => ({ pairs })),
  length: [12, 24, 48].map((length) => ({ length })),
};
const PER_LANGUAGE = 300; // candidates
const PER_LANGUAGE_QUESTIONS = 300;

async function stepGrowth(axis: string, changes: readonly Partial<StepShape>[]): Promise<CaseResult[]> {
  const shapes = changes.map((change) => ({ ...SMALL, ...change }));
  const models = shapes.map((shape) => createModel(inventWeights(shape)));
  const size = (i: number) => String(shapes[i]![axis as keyof StepShape]);
  const contestants = shapes.map((shape, i): [string, Contestant] => {
    const batch = inventBatch(shape, 1);
    return [size(i), async () => void (await stepLoss(models[i]!, batch))];
  });
  const times = await race(Object.fromEntries(contestants), ROUNDS);
  for (const model of models) model.dispose();
  return shapes.map((shape, i) =>
    figure({
      name: `growth/${axis}=${size(i)}`,
      unit: "ms of CPU a step",
      value: times[size(i)]!.cpuMs,
      baseline: `${axis} ${size(0)}`,
      baselineValue: times[size(0)]!.cpuMs,
      note: `${(stepFlops(shape) / stepFlops(shapes[0]!)).toFixed(2)} x the operations`,
    }),
  );
}

/** Evaluations of so many languages, or of so many times the queries and candidates of the first. */
async function evaluationGrowth(
  axis: string,
  sizes: readonly { size: number; languages: number; times: number }[],
): Promise<CaseResult[]> {
  const tasks = sizes.map(({ languages, times }) =>
    inventEvaluation(new Array<number>(languages).fill(PER_LANGUAGE * times), PER_LANGUAGE_QUESTIONS * times),
  );
  const pairsOf = (i: number) => tasks[i]!.set.queryLangs.length * tasks[i]!.set.passageLangs.length;
  const contestants = tasks.map((task, i): [string, Contestant] => [
    `at ${sizes[i]!.size}`, // an integer key would be put in numeric order
    async () => void (await evaluateByCounting(task)),
  ]);
  const times = await race(Object.fromEntries(contestants), ROUNDS);
  const cpuMs = (i: number) => times[`at ${sizes[i]!.size}`]!.cpuMs;
  const rows = sizes.map(({ size }, i) =>
    figure({
      name: `growth/${axis}=${size}`,
      unit: "ms of CPU an evaluation",
      value: cpuMs(i),
      baseline: `${axis} ${sizes[0]!.size}`,
      baselineValue: cpuMs(0),
      note: `${(pairsOf(i) / pairsOf(0)).toFixed(2)} x queries x candidates`,
    }),
  );
  const last = sizes.length - 1;
  rows.push(
    ceiling({
      name: `growth/${axis}/per-score`,
      unit: "x time a query and candidate, last against second",
      value: cpuMs(last) / pairsOf(last) / (cpuMs(1) / pairsOf(1)),
      limit: 1.2,
      limitName: "1.2 (linear is 1)",
    }),
  );
  return rows;
}

export const growth: Case = {
  name: "growth",
  about:
    "step time by width, layers, pairs, length; evaluation time by pool and by languages; wasm, CPU time",
  async run() {
    await startWasm();
    const rows: CaseResult[] = [];
    for (const [axis, changes] of Object.entries(STEPS)) rows.push(...(await stepGrowth(axis, changes)));
    const pools = [1, 2, 4].map((times) => ({ size: 4 * PER_LANGUAGE * times, languages: 4, times }));
    rows.push(...(await evaluationGrowth("candidates", pools)));
    const counts = [2, 4, 8, 16].map((languages) => ({ size: languages, languages, times: 1 }));
    rows.push(...(await evaluationGrowth("languages", counts)));
    return rows;
  },
};
