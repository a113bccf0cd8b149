// The published encoder whose vectors a recipe learns: its tokenizer, what its files are, and texts encoded by the lab's own
// engine. Keeps no vector.
import { createHash } from "node:crypto";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { DataError } from "../../core/inputError.ts";
import { createRandom } from "../../core/random.ts";
import { chunksOf } from "../../core/formats/sourceFile.ts";
import { buildVocabulary, trimRows } from "../../training/corpus/vocabulary.ts";
import { joinRows } from "../../training/distill/textGroups.ts";
import { vectorWidth } from "../../training/model/encoderConfig.ts";
import { createModel } from "../../training/model/model.ts";
import { checkpointEncoder } from "../../training/pretrained/checkpointEncoder.ts";
import { describeCheckpoint } from "../../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import { encodeText } from "../../training/text/encodeText.ts";
import type { Prefixes } from "../../training/text/encoderTexts.ts";
import type { Tokenizer } from "../../training/text/tokenizer.ts";
import { checkpointFrom } from "../nodeModels.ts";

export interface VectorTeacher {
  readonly label: string;
  readonly width: number; // D of its vectors
  readonly sha256: string; // of its weights: of the file where there is one, else of the files one after the other
  readonly tokenizer: Tokenizer;
  readonly tokenizerJson: string;
  readonly prefixes: Prefixes;
  /**
   * Loads the weights for these texts, each with its prefix, on the backend that is started.
   * @returns a function of one stretch of them to (n, D) vectors
   */
  load(texts: readonly string[]): Promise<LoadedTeacher>;
}

export interface LoadedTeacher {
  encode(texts: readonly string[]): Promise<Float32Array>;
  dispose(): void;
}

/**
 * @param from a folder, an address or a repository of the hub
 * @throws DataError naming what of it cannot be read or computed
 */
export async function openVectorTeacher(from: string, maxTokens: number): Promise<VectorTeacher> {
  const { files, hints } = checkpointFrom(from);
  const opened = await openCheckpoint(files, hints);
  const width = describeCheckpoint(files.label, opened).outputs;
  const encoder = checkpointEncoder(opened);
  const settings = {
    ...DEFAULT_SPEC.encoder,
    maxTokens,
    pooling: "mean" as const, // where its folder says nothing
    frozen: "embeddings" as const, // never trained: no moments
  };
  const hash = createHash("sha256");
  for (const { name } of opened.weights) {
    const file = await files.open(name);
    if (!file) throw new DataError(`${files.label}/${name} is gone`);
    for await (const chunk of chunksOf(file.stream)) hash.update(chunk);
  }
  const { tokenizer } = encoder.texts;
  const limit = encoder.config(settings, 1).maxTokens;
  const tokensOf = (text: string) => encodeText(tokenizer, text, limit).ids;
  return {
    label: files.label,
    width,
    sha256: hash.digest("hex"),
    tokenizer,
    tokenizerJson: encoder.texts.json,
    prefixes: encoder.prefixes ?? { query: "", passage: "" },
    async load(texts) {
      const used = new Uint8Array(tokenizer.vocabSize);
      for (const text of texts) for (const piece of tokensOf(text)) used[piece] = 1;
      const vocabulary = buildVocabulary([used]);
      const random = createRandom(0); // a checkpoint draws nothing
      const { weights } = await encoder.load(settings, vocabulary.pieceIds, random, () => undefined);
      if (vectorWidth(weights.config) !== width) throw new Error("openVectorTeacher: another width");
      const model = createModel(weights);
      return {
        encode: (some) => model.encode(trimRows(joinRows(some.map(tokensOf)), vocabulary)),
        dispose: () => model.dispose(),
      };
    },
  };
}
