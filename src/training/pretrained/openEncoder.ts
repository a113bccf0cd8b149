// The encoder of an id: random, or a checkpoint from one of the places there are. Places are injected: a page and the
// command line have different ones.
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import type { EncoderRef } from "../../core/encoders/encoderId.ts";
import { type StartEncoder, randomEncoder } from "./startEncoder.ts";
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
  if (ref.kind === "random") {
    const json = await places.labTokenizer();
    return randomEncoder({ tokenizer: createTokenizer(json), json, framed: true });
  }
  const { files, hints } = await filesOf(ref, places);
  return checkpointEncoder(await openCheckpoint(files, hints));
}

/** Where a checkpoint's files are. @throws DataError if there is no folder of that name */
export async function filesOf(
  ref: Exclude<EncoderRef, { kind: "random" }>,
  places: EncoderPlaces,
): Promise<{ readonly files: CheckpointFiles; readonly hints: CheckpointHints }> {
  switch (ref.kind) {
    case "shipped":
      return { files: places.shipped(ref.name), hints: { isShipped: true } };
    case "hub":
      return places.hub(ref.repository, ref.revision);
    case "url":
      return { files: places.url(ref.url), hints: {} };
    case "local":
      return { files: await places.local(ref.name), hints: {} };
  }
}
