// A checkpoint as what a run starts from. Decides only how reading it is told.
import type { StartEncoder } from "./startEncoder.ts";
import { checkpointConfig, loadWeights, weightBytes } from "./loadWeights.ts";
import type { OpenedCheckpoint } from "./openCheckpoint.ts";

export function checkpointEncoder(opened: OpenedCheckpoint): StartEncoder {
  const { tokenizer, tokenizerJson, framed, prefixes, longest } = opened;
  return {
    texts: { tokenizer, json: tokenizerJson, framed },
    prefixes,
    longest,
    config: (spec, vocabSize) => checkpointConfig(opened, spec, vocabSize),
    load(spec, pieceIds, _random, onProgress) {
      const total = weightBytes(opened);
      let done = 0;
      const config = checkpointConfig(opened, spec, pieceIds.length);
      return loadWeights(
        opened,
        config,
        pieceIds,
        (n) => {
          done += n;
          onProgress({ phase: "encoder", done, total, unit: "bytes" });
        },
        (fetched, of) => onProgress({ phase: "download", done: fetched, total: of, unit: "bytes" }),
      );
    },
  };
}
