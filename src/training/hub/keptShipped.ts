// The lab's own encoders in a page: their weights are fetched once a visit, read while they still come, and kept under their
// hash for the next visit. Where nothing can be kept, or what was kept is damaged, they are fetched: nobody need know.
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { onceDone } from "../../core/onceDone.ts";
import { sha256Native } from "../data/shardSource.ts";
import { storeWhole } from "../download/partialFile.ts";
import { shareFile } from "../download/sharedFile.ts";
import type { CheckpointFiles, OpenedFile } from "../pretrained/checkpointFiles.ts";
import { makeRoom, type DownloadShelf } from "./downloadShelf.ts";

const WEIGHTS = "model.safetensors";

export interface ShippedFiles {
  /** @param far where the encoder of that name is fetched from */
  of(name: string, far: CheckpointFiles): CheckpointFiles;
  /** Fetches the weights before anybody reads them. @returns whether they are kept; false where storage is refused or full */
  keep(name: string, far: CheckpointFiles): Promise<boolean>;
}

/** @param hashOf SHA-256 of an encoder's weights, where they are known */
export function createShippedFiles(
  shelf: Promise<DownloadShelf | undefined>,
  hashOf: (name: string) => string | undefined = (name) => findShipped(name)?.sha256,
): ShippedFiles {
  const sure = new Set<string>(); // hashes of weights that were read here and found to be right
  let here: { readonly name: string; open(): OpenedFile } | undefined;

  const fetched = async (
    name: string,
    sha256: string,
    far: CheckpointFiles,
  ): Promise<OpenedFile | undefined> => {
    const opened = await far.open(WEIGHTS);
    if (!opened) return undefined;
    const file = shareFile(opened.stream, opened.bytes);
    const hash = onceDone(async () => sha256Native(await file.whole));
    const own = { name, open: () => ({ bytes: opened.bytes, stream: file.stream(), hash }) };
    here = own; // in place of another one
    const forget = () => void (here === own && (here = undefined));
    file.whole.then(async (bytes) => {
      if (!(await keep(await shelf, name, { sha256, bytes, hash }))) return;
      sure.add(sha256);
      forget();
    }, forget);
    return own.open();
  };

  return {
    of: (name, far) => ({
      ...far,
      async open(path) {
        const sha256 = path === WEIGHTS ? hashOf(name) : undefined;
        if (sha256 === undefined) return far.open(path);
        if (here?.name === name) return here.open();
        const kept = await find(await shelf, name, sha256, sure);
        if (!kept) return fetched(name, sha256, far);
        return { bytes: kept.size, stream: kept.stream(), hash: () => Promise.resolve(sha256) };
      },
    }),
    async keep(name, far) {
      const [sha256, open] = [hashOf(name), await shelf];
      if (sha256 === undefined || !open) return false;
      if (await find(open, name, sha256, sure)) return true;
      const opened = await far.open(WEIGHTS);
      if (!opened) return false;
      if (!(await makeRoom(open, name, opened.bytes ?? 0))) {
        await opened.stream.cancel();
        return false;
      }
      const bytes = await shareFile(opened.stream, opened.bytes).whole;
      return keep(open, name, { sha256, bytes, hash: () => sha256Native(bytes) });
    },
  };
}

/** The weights on the shelf, if they are what they should be. */
async function find(
  shelf: DownloadShelf | undefined,
  name: string,
  sha256: string,
  sure: Set<string>,
): Promise<SourceFile | undefined> {
  try {
    const folder = await shelf?.folder(name);
    if ((await folder?.readFacts(WEIGHTS)) !== sha256) return undefined; // not whole yet, or of another lab
    const file = await folder?.whole(WEIGHTS);
    if (!file) return undefined;
    if (sure.has(sha256)) return file;
    if ((await sha256Native(await file.bytes(0, file.size))) !== sha256) return undefined;
    sure.add(sha256);
    return file;
  } catch {
    return undefined;
  }
}

interface Whole {
  readonly sha256: string; // as it should be
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: () => Promise<string>; // as it is
}

/** @returns whether it can be read from there from now on */
async function keep(
  shelf: DownloadShelf | undefined,
  name: string,
  { sha256, bytes, hash }: Whole,
): Promise<boolean> {
  try {
    if (!shelf || !(await makeRoom(shelf, name, bytes.length))) return false;
    if ((await hash()) !== sha256) return false; // from a page of another lab
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
