// The encoder of an id: random, or a checkpoint from one of the places there are. Places are injected: a page and the
// command line have different ones.
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import type { StartEncoder } from "../run/runPorts.ts";
import { randomEncoder } from "../run/startEncoder.ts";
import { createTokenizer } from "../text/tokenizer.ts";
import type { CheckpointFiles } from "./checkpointFiles.ts";
import { checkpointEncoder } from "./checkpointEncoder.ts";
import { openCheckpoint, type CheckpointHints } from "./openCheckpoint.ts";

export interface EncoderPlaces {
  /** The lab's own tokenizer.json: what random weights are for. */
  labTokenizer(): Promise<string>;
  shipped(name: string): CheckpointFiles;
  hub(
    repository: string,
    revision: string,
  ): { readonly files: CheckpointFiles; readonly hints: CheckpointHints };
  url(url: string): CheckpointFiles;
  /** @throws DataError listing what there is, if there is no folder of that name */
  local(name: string): Promise<CheckpointFiles>;
}

/** @throws SpecError for an id that is none; DataError for a checkpoint that cannot be read */
export async function openEncoder(id: string, places: EncoderPlaces): Promise<StartEncoder> {
  const ref = checkEncoderId(id);
  switch (ref.kind) {
    case "random": {
      const json = await places.labTokenizer();
      return randomEncoder({ tokenizer: createTokenizer(json), json, framed: true });
    }
    case "shipped":
      return checkpointEncoder(await openCheckpoint(places.shipped(ref.name)));
    case "hub": {
      const { files, hints } = places.hub(ref.repository, ref.revision);
      return checkpointEncoder(await openCheckpoint(files, hints));
    }
    case "url":
      return checkpointEncoder(await openCheckpoint(places.url(ref.url)));
    case "local":
      return checkpointEncoder(await openCheckpoint(await places.local(ref.name)));
  }
}
