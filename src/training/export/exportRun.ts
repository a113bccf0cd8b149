// The model of a run as a folder to keep: whole vocabulary where that fits, the run's own otherwise. Trains nothing.
import { createRandom } from "../../core/random.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { TOKEN_WEIGHTS, WORD_EMBEDDINGS } from "../model/encoderConfig.ts";
import type { ModelWeights, WeightTensor } from "../model/weights.ts";
import type { RunResources } from "../run/runExperiment.ts";
import type { StartEncoder } from "../pretrained/startEncoder.ts";
import { modelCard, type CardFacts } from "./modelCard.ts";
import { modelFolder, type ModelFolder } from "./modelFolder.ts";
import { trimTokenizer } from "./trimTokenizer.ts";

/** A table of more numbers than this is given back with the run's pieces only: 256 MiB as F32. */
const MAX_TABLE = 2 ** 26;

export interface ExportedModel {
  readonly folder: ModelFolder;
  readonly pieces: number; // in the folder's vocabulary
  readonly fullPieces: number; // in the starting encoder's
}

/**
 * The present weights of a run.
 * @param encoder the one the run started from, opened again
 * @param facts what the README tells beside what is found out here
 * @throws DataError if the starting weights can no longer be read, or the type has no value for one of the trained
 */
export async function exportRun(
  { prepared, model }: RunResources,
  spec: ExperimentSpec,
  encoder: StartEncoder,
  facts: Omit<CardFacts, "prefixes" | "pieces" | "fullPieces">, // its dtype decides what is written
): Promise<ExportedModel> {
  const { prefixes } = prepared;
  return exportWeights(await model.weights(), prepared, spec, encoder, {
    dtype: facts.dtype,
    readme: (pieces, fullPieces) => modelCard({ ...facts, prefixes, pieces, fullPieces }),
  });
}

/** How weights are written. */
interface FolderForm {
  readonly dtype: CardFacts["dtype"];
  readonly readme: (pieces: number, fullPieces: number) => string;
}

/**
 * Weights with the rows of a run's pieces. Pieces that the run's texts do not have keep the vectors that training started from.
 * A table beyond MAX_TABLE numbers is cut to the pieces of the run instead; the few others that the tokenizer needs get
 * zeros, which is how the lab treats them: they are left out of a text.
 *
 * @throws as `exportRun` does
 */
export async function exportWeights(
  own: ModelWeights,
  { texts, vocabulary, prefixes }: Pick<RunResources["prepared"], "texts" | "vocabulary" | "prefixes">,
  spec: Pick<ExperimentSpec, "encoder" | "seed">,
  encoder: StartEncoder,
  { dtype, readme }: FolderForm,
): Promise<ExportedModel> {
  const { json, tokenizer } = texts;
  const { pieceIds } = vocabulary;
  const fullPieces = tokenizer.vocabSize;
  const whole = fullPieces * own.config.width <= MAX_TABLE;
  const kept = whole ? { json, pieceIds: range(fullPieces) } : trimTokenizer(json, pieceIds);
  const start = whole
    ? (await encoder.load(spec.encoder, kept.pieceIds, createRandom(spec.seed), () => undefined)).weights
    : undefined;
  const pieces = kept.pieceIds.length;
  const folder = modelFolder({
    weights: widened(own, pieceIds, kept.pieceIds, start),
    tokenizerJson: kept.json,
    prefixes,
    dtype,
    unfolded: dtype === "F32", // no other type keeps the trained bits
    readme: readme(pieces, fullPieces),
  });
  return { folder, pieces, fullPieces };
}

const range = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

/** The trained weights with a row for each of `pieceIds`: trained, else of the start, else zeros. */
function widened(
  trained: ModelWeights,
  trainedIds: Int32Array,
  pieceIds: Int32Array,
  start: ModelWeights | undefined,
): ModelWeights {
  const rowOf = new Map(Array.from(pieceIds, (id, row) => [id, row]));
  const widen = (name: string, { shape, data }: WeightTensor): WeightTensor => {
    const width = shape[1] ?? 1;
    const all = start?.tensors[name]?.data.slice() ?? new Float32Array(pieceIds.length * width);
    trainedIds.forEach((id, i) => all.set(data.subarray(i * width, (i + 1) * width), rowOf.get(id)! * width));
    return { shape: [pieceIds.length, ...shape.slice(1)], data: all };
  };
  const tensors = Object.entries(trained.tensors).map(([name, tensor]) => {
    const byPiece = name === WORD_EMBEDDINGS || name === TOKEN_WEIGHTS;
    return [name, byPiece ? widen(name, tensor) : tensor];
  });
  return {
    config: { ...trained.config, vocabSize: pieceIds.length },
    tensors: Object.fromEntries(tensors) as ModelWeights["tensors"],
  };
}
