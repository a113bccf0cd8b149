// One distillation in this process: sets, device, stages with their checkpoints, dev figures. Decides no recipe.
import path from "node:path";
import { DataError } from "../../core/inputError.ts";
import { createRandom } from "../../core/random.ts";
import { noisyTask } from "../../training/distill/devSet.ts";
import { distil, stageConfig, type StageName } from "../../training/distill/distil.ts";
import { createLeakCheck } from "../../training/distill/leakCheck.ts";
import { pieceShares } from "../../training/distill/pieceWeights.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import { groupTexts } from "../../training/distill/textGroups.ts";
import { startBackend } from "../../training/engine/backend.ts";
import { createModel, type Model } from "../../training/model/model.ts";
import type { ModelWeights } from "../../training/model/weights.ts";
import type { EvalTask } from "../../training/evaluate/evalTask.ts";
import { createTokenizer, type Tokenizer } from "../../training/text/tokenizer.ts";
import { nodeWasm } from "../nodeWasm.ts";
import { productHelpers } from "../nodeThreads.ts";
import type { ProgressLine } from "../progressLine.ts";
import { devText, measureDev } from "./measureDev.ts";
import { forbidTests, loadSource, type SourceTexts } from "./loadSources.ts";
import { openStates } from "./states.ts";

const MAX_TOKENS = 128;
const SAVE_EVERY = 250; // steps
const DEV_EVERY = 500;

export interface DistillOptions {
  readonly home: string; // of datasets and checkpoints
  readonly resume: boolean;
  readonly tokenizerJson: string;
  readonly progress: ProgressLine;
}

export interface Distilled {
  readonly weights: ModelWeights;
  /** Where the student had one. */
  readonly teacher?: ModelWeights;
  /** The data that made it. */
  readonly manifests: readonly SourceTexts["manifest"][];
  /** Lines for people: dev figures of each stage, refused rows, times. */
  readonly log: readonly string[];
}

/** @throws DataError where a set is missing or a training text is in a test set */
export async function runDistill(recipe: Recipe, options: DistillOptions): Promise<Distilled> {
  const { home, progress, tokenizerJson } = options;
  const log: string[] = [];
  const say = (line: string) => {
    log.push(line);
    progress.say(line);
  };
  const startMs = performance.now();
  const clock = () => `${Math.round((performance.now() - startMs) / 1000)} s`;
  const tokenizer = createTokenizer(tokenizerJson);
  const loaded = await loadAll(recipe, tokenizer, home, say);
  const manifests = loaded.map(({ manifest }) => manifest);
  const dataSha256 = Object.fromEntries(manifests.map(({ id, sha256 }) => [id, sha256]));
  const identity = JSON.stringify({ recipe, dataSha256, tokenizer: tokenizer.sha256 }, undefined, 1);
  const states = await openStates(path.join(home, "distill", recipe.name), identity, options.resume);
  // Not fused: the shipped weights were made so, and come out again to the bit on any machine.
  const device = await startBackend("wasm", { ...nodeWasm(), threads: productHelpers(), fused: false });
  say(`${device.backend}: ${device.adapter}; texts read after ${clock()}`);

  const random = createRandom(recipe.seed);
  const store = groupTexts(loaded, "train");
  const shares = pieceShares(store, tokenizer.logProbs);
  const input = { recipe, store, shares, maxTokens: MAX_TOKENS, random };
  const dev = devTask(recipe, loaded, shares, random);
  const told = async (stage: StageName, step: number, model: Model, loss?: number) => {
    const figures = dev ? devText(await measureDev(model, dev)) : "no set to measure on";
    say(
      `${stage} ${step}: ${loss === undefined ? "" : `loss ${loss.toFixed(3)}, `}dev ${figures}; ${clock()}`,
    );
  };
  const load = (stage: StageName) => states.load(stage, stageConfig(input, stage));
  const before = {
    teacher: await load("teacher"),
    student: await load("student"),
    translations: await states.loadTranslations(),
  };
  let lossSum = 0;
  const made: Partial<Record<StageName, ModelWeights>> = {};
  for await (const event of distil(input, before)) {
    if (event.type === "align") {
      progress.show({ phase: "align", done: event.done, total: event.total, unit: "parts" });
    } else if (event.type === "translations") {
      await states.saveTranslations(event.translations);
      say(`translations found after ${clock()}`);
    } else if (event.type === "start") {
      const model = createModel(event.weights);
      await told(event.stage, 0, model);
      model.dispose();
    } else if (event.type === "step") {
      const { stage, step, loss, model } = event;
      const { steps } = recipe[stage];
      lossSum += loss;
      progress.show({ phase: stage, done: step, total: steps, unit: "steps" });
      if (step % SAVE_EVERY === 0 || step === steps) await states.save(stage, await model.checkpoint());
      if (step % DEV_EVERY === 0 || step === steps) {
        await told(stage, step, model, lossSum / (step % DEV_EVERY || DEV_EVERY));
        lossSum = 0;
      }
    } else made[event.stage] = event.weights;
  }
  const { teacher, student } = made;
  return { weights: student!, ...(teacher && { teacher }), manifests, log };
}

async function loadAll(
  recipe: Recipe,
  tokenizer: Tokenizer,
  home: string,
  say: (line: string) => void,
): Promise<SourceTexts[]> {
  const leaks = createLeakCheck();
  for (const id of await forbidTests(leaks, home))
    say(`${id} is not on this machine: no text is checked against it`);
  const loaded: SourceTexts[] = [];
  for (const source of recipe.sources) {
    const texts = await loadSource(source, tokenizer, MAX_TOKENS, leaks, home);
    if (texts.rows.length === 0) throw new DataError(`${source.id} has no texts`);
    if (texts.leaked.length > 0)
      say(`${source.id}: ${texts.leaked.length} texts that a test set has too are left out`);
    loaded.push(texts);
  }
  return loaded;
}

/** Noisy queries over the held-out sentences of the first parallel set, in the languages that the recipe boosts. */
function devTask(
  recipe: Recipe,
  loaded: readonly SourceTexts[],
  shares: Float64Array,
  random: ReturnType<typeof createRandom>,
): EvalTask | undefined {
  const store = groupTexts(loaded, "test");
  const set = store.sets.find(({ source, groups }) => source.use === "sentences" && groups.length > 0);
  if (!set) return undefined;
  const has = new Set(
    set.groups.flatMap(({ passages }) => passages.map(({ lang }) => store.languages[lang]!)),
  );
  const languages = recipe.languages.boosted.filter((lang) => has.has(lang));
  const options = { noise: recipe.batches.noise, shares, random: random.fork("dev") };
  return languages.length > 0 ? noisyTask(store, set, languages, options) : undefined;
}
