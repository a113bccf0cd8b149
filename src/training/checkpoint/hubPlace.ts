// A repository of the hub as a place of encoders: its files, and what the catalogue knows of it.
import { findHubEncoder } from "../../core/encoders/encoderCatalog.ts";
import { MAIN_REVISION } from "../../core/encoders/encoderId.ts";
import type { EncoderPlaces } from "./openEncoder.ts";
import { hubFiles, type FetchOptions } from "./httpFiles.ts";

/** @param options.hub another address of the hub: a mirror, or a test's server */
export function hubPlace(options: FetchOptions & { readonly hub?: string } = {}): EncoderPlaces["hub"] {
  return (repository, revision) => {
    const known = findHubEncoder(repository);
    const { tokenizerFrom, prefixes, pooling } = known ?? {};
    return {
      files: hubFiles(repository, revision, options),
      hints: {
        ...(pooling && { pooling }),
        ...(prefixes && { prefixes }),
        ...(tokenizerFrom && { tokenizerFrom: hubFiles(tokenizerFrom, MAIN_REVISION, options) }),
      },
    };
  };
}
