// An encoder as it is, untrained, as a folder to give away: all its pieces, whatever form it is kept in. Writes no disk.
import { wholeText } from "../../core/numbersIn.ts";
import { DataError } from "../../core/inputError.ts";
import { createRandom } from "../../core/random.ts";
import type { ModelDtype } from "../../core/export/modelDtypes.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { prefixesOf, type LoadedEncoder, type StartEncoder } from "../pretrained/startEncoder.ts";
import type { ExportedModel } from "./exportRun.ts";
import { modelFolder } from "./modelFolder.ts";
import { usageText } from "./usageText.ts";

/** Of more numbers the table would not fit a file that is made in memory: 2 GiB as F32. */
const MAX_TABLE = 2 ** 29;

/**
 * All its pieces' rows, untrained. Texts are cut where the encoder says; where it does not, at encoder.maxTokens.
 * @throws DataError in one sentence, if a file is not as it should be or the table is too large
 */
export async function loadWhole(
  encoder: StartEncoder,
  spec: ExperimentSpec["encoder"],
  onProgress: (progress: RunProgress) => void,
): Promise<LoadedEncoder> {
  const pieces = encoder.texts.tokenizer.vocabSize;
  const cut = Number.isFinite(encoder.longest) ? { ...spec, maxTokens: encoder.longest } : spec;
  const { width } = encoder.config(cut, pieces);
  if (pieces * width > MAX_TABLE) {
    throw new DataError(
      `${spec.id}: ${wholeText(pieces)} pieces of ${wholeText(width)} numbers are too many to give away whole; train it first, a run keeps the pieces of its texts`,
    );
  }
  const ids = Int32Array.from({ length: pieces }, (_, id) => id);
  return encoder.load(cut, ids, createRandom(0), onProgress); // a checkpoint draws nothing
}

/**
 * @param card the encoder's own README.md, which stays behind ours: licence, data, results
 * @throws DataError in one sentence, if a file is not as it should be or the table is too large
 */
export async function exportEncoder(
  encoder: StartEncoder,
  spec: ExperimentSpec["encoder"],
  dtype: ModelDtype,
  card: string | undefined,
  onProgress: (progress: RunProgress) => void,
): Promise<ExportedModel> {
  const { json, tokenizer } = encoder.texts;
  const pieces = tokenizer.vocabSize;
  const { weights, sha256 } = await loadWhole(encoder, spec, onProgress);
  const prefixes = prefixesOf(spec, encoder);
  const { front, body } = partsOf(card ?? "");
  const readme = [
    front,
    `# ${spec.id}`,
    `The encoder \`${spec.id}\` as Hybrid Batch Lab reads it, before any training. SHA-256 in the lab’s records: \`${sha256}\`.`,
    usageText({ prefixes, pieces, fullPieces: pieces, dtype }),
    body && `## Its own card\n\n${body}`,
  ];
  const folder = modelFolder({
    weights,
    tokenizerJson: json,
    prefixes,
    dtype,
    unfolded: dtype === "F32",
    readme: `${readme.filter((part) => part !== "").join("\n\n")}\n`,
  });
  return { folder, pieces, fullPieces: pieces };
}

/** The header that the hub reads, and what follows. */
function partsOf(card: string): { front: string; body: string } {
  const front = /^---\r?\n[^]*?\n---(?=\r?\n|$)/.exec(card)?.[0] ?? "";
  return { front, body: card.slice(front.length).trim() };
}
