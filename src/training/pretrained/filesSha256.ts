// Whether two folders of a checkpoint are the same: one hash over names, sizes and contents. Keeps nothing.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { chunksOf } from "../../core/formats/sourceFile.ts";
import { pulse } from "../engine/pulse.ts";

/** 64 hex digits; the order of the files makes no difference. */
export async function filesSha256(files: ReadonlyMap<string, Blob>): Promise<string> {
  const hash = sha256.create();
  for (const [path, blob] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(utf8ToBytes(`${path}\n${blob.size}\n`));
    for await (const chunk of chunksOf(blob.stream())) {
      pulse();
      hash.update(chunk);
    }
  }
  return bytesToHex(hash.digest());
}
