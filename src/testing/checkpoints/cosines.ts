// Scores of texts by a checkpoint, by the same steps that a run takes: opened, its weights loaded, its texts prefixed, cut
// and framed. Needs a backend that is started.
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { createModel } from "../../training/model/model.ts";
import { vectorWidth } from "../../training/model/encoderConfig.ts";
import { checkpointEncoder } from "../../training/pretrained/checkpointEncoder.ts";
import type { CheckpointFiles } from "../../training/pretrained/checkpointFiles.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import { prefixesOf } from "../../training/pretrained/startEncoder.ts";
import { encodeText } from "../../training/text/encodeText.ts";

/**
 * @returns the cosine of each query with each passage; 0 where a text has no piece
 * @throws DataError as the checkpoint is opened
 */
export async function cosines(
  files: CheckpointFiles,
  queries: readonly string[],
  passages: readonly string[],
  settings: Partial<ExperimentSpec["encoder"]> = {},
): Promise<number[][]> {
  const spec = { ...DEFAULT_SPEC.encoder, ...settings };
  const encoder = checkpointEncoder(await openCheckpoint(files));
  const { tokenizer } = encoder.texts;
  const all = Int32Array.from({ length: tokenizer.vocabSize }, (_, id) => id);
  const { weights } = await encoder.load(spec, all, undefined as never, () => undefined);
  const width = vectorWidth(weights.config);
  const prefixes = prefixesOf(spec, encoder);
  const model = createModel(weights);
  const vectors = async (texts: readonly string[], prefix: string) => {
    const found: Float32Array[] = [];
    for (const text of texts) {
      const { ids } = encodeText(tokenizer, prefix + text, weights.config.maxTokens);
      found.push(
        ids.length === 0
          ? new Float32Array(width)
          : await model.encode({ offsets: Int32Array.of(0, ids.length), tokens: ids }),
      );
    }
    return found;
  };
  const [q, p] = [await vectors(queries, prefixes.query), await vectors(passages, prefixes.passage)];
  model.dispose();
  return q.map((a) => p.map((b) => a.reduce((sum, x, d) => sum + x * b[d]!, 0)));
}
