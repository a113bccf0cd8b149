// A checkpoint as what a run starts from. Decides only how reading it is told.
import type { StartEncoder } from "./startEncoder.ts";
import { readOtherwise } from "./formerReading.ts";
import { checkpointConfig, loadWeights, weightBytes } from "./loadWeights.ts";
import type { OpenedCheckpoint } from "./openCheckpoint.ts";
import { unusedFields } from "./unusedFields.ts";

export function checkpointEncoder(opened: OpenedCheckpoint): StartEncoder {
  const { tokenizer, tokenizerJson, framed, prefixes, longest } = opened;
  return {
    texts: { tokenizer, json: tokenizerJson, framed },
    prefixes,
    longest,
    notes: (spec) => [
      ...opened.notes,
      ...unusedFields(spec, checkpointConfig(opened, spec, 1), prefixes !== null),
    ],
    config: (spec, vocabSize) => checkpointConfig(opened, spec, vocabSize),
    async load(spec, pieceIds, _random, onProgress, longestText) {
      const total = weightBytes(opened);
      let done = 0;
      const { former, ...loaded } = await loadWeights(
        opened,
        spec,
        pieceIds,
        (n) => {
          done += n;
          onProgress({ phase: "encoder", done, total, unit: "bytes" });
        },
        (fetched, of) => onProgress({ phase: "download", done: fetched, total: of, unit: "bytes" }),
        longestText,
      );
      return former ? { ...loaded, notice: readOtherwise(spec.id, former) } : loaded;
    },
  };
}
