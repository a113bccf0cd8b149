// One distillation of a bag from a teacher's vectors, in this process: vectors, checkpoints, held-out figures, the stop
// rule. Decides no recipe.
import { createHash } from "node:crypto";
import path from "node:path";
import { DataError } from "../../core/inputError.ts";
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import type { BagRecipe, FinishRecipe, VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { createRandom, type Random } from "../../core/random.ts";
import { noisyTask } from "../../training/distill/devSet.ts";
import { groupTexts } from "../../training/distill/textGroups.ts";
import {
  createTargetBatches,
  type DrawnTexts,
  type TargetBatches,
} from "../../training/vectorBag/targetBatches.ts";
import { meanLength, startRows } from "../../training/vectorBag/startRows.ts";
import { createTargets, type TextPlace } from "../../training/vectorBag/targets.ts";
import { strongestDirections } from "../../training/vectorBag/directions.ts";
import { spreadRows } from "../../training/vectorBag/spreadRows.ts";
import { bagConfig, bagWeights, trainBag } from "../../training/vectorBag/trainBag.ts";
import { startBackend } from "../../training/engine/backend.ts";
import type { EvalTask } from "../../training/evaluate/evalTask.ts";
import { WORD_EMBEDDINGS } from "../../training/model/encoderConfig.ts";
import { createModel } from "../../training/model/model.ts";
import type { Checkpoint, ModelWeights } from "../../training/model/weights.ts";
import { nodeWasm } from "../nodeWasm.ts";
import { productHelpers } from "../nodeThreads.ts";
import type { ProgressLine } from "../progressLine.ts";
import { devText, measureDev } from "./measureDev.ts";
import { MAX_TOKENS, type VectorPlan } from "./planVectors.ts";
import { openStates } from "./states.ts";
import { makeLists, missingLists, readList, vectorsPlace } from "./vectorFolder.ts";
import type { VectorTeacher } from "./vectorTeacher.ts";

const STAGE = "bag";
const BEST = "best";
const MEASURED = "measured.json";

export interface BagWork {
  readonly recipe: BagRecipe;
  readonly start: ModelWeights;
  readonly batches: TargetBatches;
  readonly rowLength: number; // mean, of the start
  readonly dev: EvalTask;
  readonly identity: string; // of all that decides the result
  readonly madeBy: readonly string[]; // the vectors
}

/** Starts the device and gathers what training needs; vectors that are not there are made first. */
export async function prepareBag(
  recipe: VectorRecipe & { readonly bag: BagRecipe },
  teacher: VectorTeacher,
  plan: VectorPlan,
  home: string,
  progress: ProgressLine,
): Promise<BagWork> {
  const { bag } = recipe;
  const random = createRandom(recipe.seed);
  const dev = devTask(bag, plan, random.fork("dev"));
  const dir = vectorsPlace(home, teacher);
  const missing = missingLists(dir, plan.toEncode);
  // Not fused: the same bits on any machine, as for the encoders without a published teacher.
  const device = await startBackend("wasm", { ...nodeWasm(), threads: productHelpers(), fused: false });
  progress.say(`${device.backend}: ${device.adapter}`);
  await makeLists(dir, missing, teacher, `hybrid-batch-lab ${device.backend} f32`, progress);
  const hash = createHash("sha256");
  const madeBy = new Set<string>();
  const read = await Promise.all(plan.toEncode.map((list) => readList(dir, list, teacher.width)));
  for (const { sha256, vectors } of read) {
    hash.update(sha256);
    madeBy.add(vectors.madeBy);
  }
  const [pieces, ...ofTexts] = read.map(({ vectors }) => vectors);
  const lists = plan.lists.map((list, l) => ({ ...list, vectors: ofTexts[l]! }));
  const kinds = recipe.languages.flatMap(({ languages, draw }): DrawnTexts[] => {
    const places = lists.flatMap(({ lang, texts }, list) =>
      texts.flatMap((_, at): TextPlace[] =>
        languages.includes(lang) && plan.tokens[list]![at]!.length > 0 ? [{ list, at }] : [],
      ),
    );
    return draw > 0 && places.length > 0 ? [{ places, draw }] : [];
  });
  const numbers = new Map<string, number>(); // "set concept"
  const concepts = lists.map(({ set, texts }) =>
    Int32Array.from(texts, ({ concept }) => {
      const name = `${set} ${concept}`;
      if (!numbers.has(name)) numbers.set(name, numbers.size);
      return numbers.get(name)!;
    }),
  );
  const { special, homes } = plan;
  const groups = { special, of: bag.startCentre === "language" ? homes : homes.map(() => -1) };
  const rows = startRows(pieces!, plan.shares, bag.frequencyConstant, groups);
  const batching = { batchSize: bag.batchSize, random: random.fork("batches") };
  const targets = createTargets(recipe.targets, lists);
  const sha256 = Object.fromEntries(plan.manifests.map((manifest) => [manifest.id, manifest.sha256]));
  const count = kinds.reduce((sum, { places }) => sum + places.length, 0);
  progress.say(`${count} texts to train on, ${dev.set.queryLangs.length} held-out questions`);
  return {
    recipe: bag,
    start: bagWeights(bagConfig(plan.tokenizer.vocabSize, teacher.width, MAX_TOKENS), rows),
    batches: createTargetBatches({ tokens: plan.tokens, concepts }, kinds, targets, batching),
    rowLength: meanLength(rows, teacher.width),
    dev,
    identity: JSON.stringify(
      {
        recipe,
        sha256,
        teacher: teacher.sha256,
        tokenizer: plan.tokenizer.sha256,
        vectors: hash.digest("hex"),
      },
      undefined,
      1,
    ),
    madeBy: [...madeBy].sort(),
  };
}

/** What a measurement found; `figures` for people. */
interface Measured {
  readonly step: number;
  readonly score: number;
  readonly figures: string;
}

/** @returns the weights of the best step on held-out texts, and lines for people */
export async function runBag(
  work: BagWork,
  dir: string,
  resume: boolean,
  progress: ProgressLine,
): Promise<{ weights: ModelWeights; log: readonly string[] }> {
  const { recipe, start, batches, rowLength, dev } = work;
  const { every, patience, metrics } = recipe.stop;
  const states = await openStates(dir, work.identity, resume);
  const { config } = start;
  const before = await states.load(STAGE, config);
  const known = JSON.parse((await states.loadText(MEASURED)) ?? "[]") as Measured[];
  const measured = known.filter(({ step }) => before !== undefined && step <= before.steps);
  const scoreOf = ({ values }: EvalResult) =>
    metrics.reduce((sum, metric) => sum + (values[metric] ?? 0) / metrics.length, 0);
  const best = () => measured.reduce((a, b) => (b.score > a.score ? b : a));
  const line = ({ step, figures }: Measured) => `step ${step}: ${figures}`;

  const measure = async (step: number, result: EvalResult, told: string, checkpoint: Checkpoint) => {
    const now = { step, score: scoreOf(result), figures: `${told}dev ${devText(result)}` };
    measured.push(now);
    progress.say(line(now));
    const { weights, steps } = checkpoint;
    const bare = { weights, steps, firstMoments: {}, secondMoments: {} };
    if (best() === now) await states.save(BEST, bare);
    await states.saveText(MEASURED, JSON.stringify(measured));
    await states.save(STAGE, checkpoint); // last: it says that all before it is there
  };
  const ended = () => measured.filter(({ step }) => step > best().step).length >= patience;

  if (!before) {
    const model = createModel(start);
    await measure(0, await measureDev(model, dev), "", await model.checkpoint());
    model.dispose();
  }
  if (!ended()) {
    let losses = 0;
    for await (const { step, loss, model } of trainBag(recipe, batches, before ?? start, rowLength)) {
      losses += loss;
      progress.show({ phase: "train", done: step, total: recipe.steps, unit: "steps" });
      if (!Number.isFinite(loss))
        throw new DataError(`the loss of step ${step} is no number: lower the rate`);
      if (step % every !== 0 && step !== recipe.steps) continue;
      const told = `loss ${(losses / (step % every || every)).toFixed(4)}, `;
      losses = 0;
      await measure(step, await measureDev(model, dev), told, await model.checkpoint());
      if (ended()) break;
    }
  }
  const kept = (await states.load(BEST, config))!;
  const log = [...measured.map(line), `kept: step ${kept.steps}`];
  if (!recipe.finish) return { weights: kept.weights, log };
  const weights = finished(kept.weights, recipe.finish);
  const model = createModel(weights);
  log.push(`its rows finished: dev ${devText(await measureDev(model, dev))}`);
  model.dispose();
  progress.say(log.at(-1)!);
  return { weights, log };
}

/** The rows evener, and then narrower where the recipe says so. */
function finished({ config, tensors }: ModelWeights, finish: FinishRecipe): ModelWeights {
  const spread = spreadRows(tensors[WORD_EMBEDDINGS]!.data, config.width, finish);
  if (finish.width === null) return bagWeights(config, spread);
  const { vocabSize, maxTokens } = config;
  const narrow = bagConfig(vocabSize, finish.width, maxTokens);
  return bagWeights(narrow, strongestDirections(spread, config.width, finish.width));
}

/** Noisy parts of held-out sentences of one set, in the recipe's languages that have some. */
function devTask(bag: BagRecipe, { heldOut, tokensOf, shares }: VectorPlan, random: Random): EvalTask {
  const { set, languages, noise } = bag.dev;
  const rows = heldOut.flatMap((list) =>
    list.set !== set
      ? []
      : list.texts.map(({ concept, lang, text }) => {
          const sides = { side: "passages", split: "test" } as const;
          return { ...sides, lang, concepts: [concept], tokens: tokensOf(text) };
        }),
  );
  const source = { id: set, use: "sentences" as const, weight: 1, dropTestPhrases: false };
  const store = groupTexts([{ source, rows }], "test");
  const spoken = languages.filter((lang) => rows.some((row) => row.lang === lang));
  const task = spoken.length > 0 && noisyTask(store, store.sets[0]!, spoken, { noise, shares, random });
  if (!task || task.set.queryLangs.length === 0) {
    throw new DataError(
      `${set} has no held-out sentences in ${languages.join(", ")}: the stop rule needs some`,
    );
  }
  return task;
}

/** Where a recipe's checkpoints lie. */
export function statesPlace(home: string, recipe: Pick<VectorRecipe, "name">): string {
  return path.join(home, "distill", recipe.name);
}
