// What scripts/teacher/layers.py made, as weights for a model folder. Trains nothing.
import path from "node:path";
import { DataError } from "../../core/inputError.ts";
import { parseLayersRecord } from "../../core/distill/layersRecord.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ModelWeights } from "../../training/model/weights.ts";
import { loadWhole } from "../../training/export/exportEncoder.ts";
import { readText } from "../../training/pretrained/checkpointFiles.ts";
import { checkpointEncoder } from "../../training/pretrained/checkpointEncoder.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import { folderFiles } from "../nodeModels.ts";
import { MAX_TOKENS, type VectorPlan } from "./planVectors.ts";

const MAX_BYTES = 2 ** 20;

export interface TrainedLayers {
  readonly weights: ModelWeights;
  readonly madeBy: readonly string[]; // versions and precision
  readonly log: readonly string[]; // lines for people
}

/**
 * @throws DataError naming the folder, where another recipe or other texts made it, or its weights cannot be read
 */
export async function readTrainedLayers(
  dir: string,
  recipe: VectorRecipe,
  plan: Pick<VectorPlan, "tokenizerJson">,
): Promise<TrainedLayers> {
  const files = folderFiles(path.resolve(dir), dir);
  const text = await readText(files, "training.json", MAX_BYTES);
  if (text === undefined)
    throw new DataError(
      `${dir}/training.json is missing: name the folder that scripts/teacher/layers.py wrote`,
    );
  const { recipe: own, madeBy, log } = parseLayersRecord(text, `${dir}/training.json`);
  if (JSON.stringify(own) !== JSON.stringify(recipe))
    throw new DataError(`${dir} was trained by another recipe than this ${recipe.name}; train it again`);
  const encoder = checkpointEncoder(await openCheckpoint(files));
  if (encoder.texts.json !== plan.tokenizerJson)
    throw new DataError(
      `${dir}/tokenizer.json is not what these texts give ${recipe.name}; prepare and train it again`,
    );
  const settings = { ...DEFAULT_SPEC.encoder, pooling: "mean" as const, maxTokens: MAX_TOKENS };
  const { weights } = await loadWhole(encoder, settings, () => undefined);
  return { weights, madeBy, log };
}
