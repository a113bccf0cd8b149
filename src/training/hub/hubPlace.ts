// A repository of the hub as a place of encoders: its files, kept once they were read, and what the catalogue knows of it.
import { findHubEncoder } from "../../core/encoders/encoderCatalog.ts";
import { hubId, MAIN_REVISION } from "../../core/encoders/encoderId.ts";
import type { CheckpointFiles } from "../pretrained/checkpointFiles.ts";
import { hubFiles, hubFolder, type FetchOptions } from "../pretrained/httpFiles.ts";
import type { EncoderPlaces } from "../pretrained/openEncoder.ts";
import type { DownloadShelf } from "./downloadShelf.ts";
import { keptFiles } from "./keptFiles.ts";

export interface HubOptions extends FetchOptions {
  readonly hub?: string; // another address of the hub: a mirror, or a test's server
  readonly shelf?: Promise<DownloadShelf | undefined>; // where files are kept; without one they are fetched each time
}

const COMMIT = /^[0-9a-f]{40}$/;

export function hubPlace(options: HubOptions = {}): EncoderPlaces["hub"] {
  const filesOf = (repository: string, revision: string): CheckpointFiles => {
    const far = hubFiles(repository, revision, options);
    if (!options.shelf) return far;
    const base = hubFolder(repository, revision, options.hub);
    return keptFiles(far, options.shelf, {
      ...options,
      id: hubId(repository, revision),
      pinned: COMMIT.test(revision),
      urlOf: (name) => base + name,
    });
  };
  return (repository, revision) => {
    const { tokenizerFrom, prefixes } = findHubEncoder(repository) ?? {};
    return {
      files: filesOf(repository, revision),
      hints: {
        ...(prefixes && { prefixes }),
        ...(tokenizerFrom && { tokenizerFrom: filesOf(tokenizerFrom, MAIN_REVISION) }),
      },
    };
  };
}
