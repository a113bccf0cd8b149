// The lab's own encoders in a page: their weights are fetched once a visit, read while they still come, and kept under their
// hash for the next visit. Where nothing can be kept, or what was kept is damaged, they are fetched: nobody need know.
import { bytesToHex } from "@noble/hashes/utils.js";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { storeWhole } from "../download/partialFile.ts";
import { shareFile, type SharedFile } from "../download/sharedFile.ts";
import type { CheckpointFiles, OpenedFile } from "../pretrained/checkpointFiles.ts";
import { makeRoom, type DownloadShelf } from "./downloadShelf.ts";

const WEIGHTS = "model.safetensors";

export interface ShippedFiles {
  /** @param far where the encoder of that name is fetched from */
  of(name: string, far: CheckpointFiles): CheckpointFiles;
}

/** @param hashOf SHA-256 of an encoder's weights, where they are known */
export function createShippedFiles(
  shelf: Promise<DownloadShelf | undefined>,
  hashOf: (name: string) => string | undefined = (name) => findShipped(name)?.sha256,
): ShippedFiles {
  let here:
    { readonly name: string; readonly bytes: number | undefined; readonly file: SharedFile } | undefined;

  const fetched = async (
    name: string,
    sha256: string,
    far: CheckpointFiles,
  ): Promise<OpenedFile | undefined> => {
    const opened = await far.open(WEIGHTS);
    if (!opened) return undefined;
    const own = { name, bytes: opened.bytes, file: shareFile(opened.stream) };
    here = own; // in place of another one
    const forget = () => void (here === own && (here = undefined));
    own.file.whole.then(async (blob) => {
      if (await keep(await shelf, name, sha256, blob)) forget();
    }, forget);
    return { bytes: own.bytes, stream: own.file.stream() };
  };

  return {
    of: (name, far) => ({
      ...far,
      async open(path) {
        const sha256 = path === WEIGHTS ? hashOf(name) : undefined;
        if (sha256 === undefined) return far.open(path);
        if (here?.name === name) return { bytes: here.bytes, stream: here.file.stream() };
        const kept = await find(await shelf, name, sha256);
        return kept ? { bytes: kept.size, stream: kept.stream() } : fetched(name, sha256, far);
      },
    }),
  };
}

/** The weights on the shelf, if they are what they should be. */
async function find(
  shelf: DownloadShelf | undefined,
  name: string,
  sha256: string,
): Promise<SourceFile | undefined> {
  try {
    const folder = await shelf?.folder(name);
    if ((await folder?.readFacts(WEIGHTS)) !== sha256) return undefined; // not whole yet, or of another lab
    const file = await folder?.whole(WEIGHTS);
    return file && (await sha256Of(await file.bytes(0, file.size))) === sha256 ? file : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether it can be read from there from now on */
async function keep(
  shelf: DownloadShelf | undefined,
  name: string,
  sha256: string,
  blob: Blob,
): Promise<boolean> {
  try {
    if (!shelf || !(await makeRoom(shelf, name, blob.size))) return false;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if ((await sha256Of(bytes)) !== sha256) return false; // from a page of another lab
    const folder = await shelf.folder(name);
    if (!folder) return false;
    await folder.writeFacts(WEIGHTS, "");
    await storeWhole(folder.part(WEIGHTS), bytes);
    await folder.writeFacts(WEIGHTS, sha256);
    return true;
  } catch {
    return false; // full, refused, or being written by another tab
  }
}

/** By the browser itself, which is faster than a script: private storage and this come on the same pages. */
async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return bytesToHex(new Uint8Array(hash));
}
