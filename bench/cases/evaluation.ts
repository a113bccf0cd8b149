// A full evaluation the size of XQuAD-R, vectors given: scoring, counting, means. Against sorting, here and in PyTorch.
import { ceiling, notMeasured, speedUp, type Case, type CaseResult } from "../case.ts";
import { startWasm } from "../device.ts";
import { evaluateBySorts } from "../sortedEvaluation.ts";
import {
  EVAL_WIDTH,
  evaluateByCounting,
  inventEvaluation,
} from "../../src/training/benchmark/evaluationTask.ts";
import { describeTimes, race, type Contestant } from "../race.ts";
import { findTorch, NO_TORCH, startTorch } from "../torchProcess.ts";

/** XQuAD-R's candidates per language and questions (shared facts of the set). */
export const XQUAD_CANDIDATES = [1222, 1276, 1234, 1180, 1215, 1244, 1219, 852, 1167, 1209, 1196];
const QUESTIONS = 1190;
const FEW = 23; // questions: sorting is linear in queries, and all 13,090 would take minutes

export const evaluation: Case = {
  name: "evaluation",
  about: "13,090 queries x 13,014 candidates, D 128, wasm: Mo, Cr, Mul, rank distance",
  async run() {
    await startWasm();
    const full = inventEvaluation(XQUAD_CANDIDATES, QUESTIONS);
    const few = inventEvaluation(XQUAD_CANDIDATES, FEW);
    const counted = (await evaluateByCounting(few)).values["map/multi"]; // also the warm-up
    const sorted = (await evaluateBySorts(few)).values["map/multi"];
    if (counted !== sorted) throw new Error(`mAP by counting is ${counted}, by sorting ${sorted}`);
    const nQueries = full.set.queryLangs.length;
    const nPool = full.set.passageLangs.length;
    const torch = startTorch("ranking.py", [nQueries, nPool, EVAL_WIDTH].map(String));
    const contestants: Record<string, Contestant> = {
      counting: async () => void (await evaluateByCounting(full)),
      sorting: async () => void (await evaluateBySorts(few)),
      ...(torch && { torch: () => torch.round() }),
    };
    const times = await race(contestants, 3, 0);
    torch?.end();
    const counting = times["counting"]!;
    const sorting = times["sorting"]!;
    const value = counting.cpuMs / 1000;
    const scale = QUESTIONS / FEW;
    const rows: CaseResult[] = [
      ceiling({
        name: "evaluation-xquad-r",
        unit: "s",
        value: counting.wallMs / 1000,
        limit: 5,
        limitName: "5 s",
        note: describeTimes(counting),
      }),
      speedUp({
        name: "evaluation-vs-sorting",
        unit: "s of CPU",
        value,
        baseline: `ranking by sorting, ${few.set.queryLangs.length} queries scaled to ${nQueries}`,
        baselineValue: (sorting.cpuMs * scale) / 1000,
        times: 5,
        note: "equal mAP",
      }),
    ];
    const held = {
      name: "evaluation-vs-pytorch",
      unit: "s of CPU",
      value,
      baseline: `matmul + argsort in ${findTorch()?.version ?? "PyTorch"}, 1 thread`,
    };
    const ranked = times["torch"];
    rows.push(
      ranked
        ? speedUp({
            ...held,
            baselineValue: ranked.cpuMs / 1000,
            times: 5,
            note: `baseline ${describeTimes(ranked)}`,
          })
        : notMeasured({ ...held, target: "ratio <= 1/5", reason: NO_TORCH }),
    );
    return rows;
  },
};
