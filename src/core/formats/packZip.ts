// Files to one zip, of which equal files in equal order give equal bytes on every machine. Decides no name.
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";

/** Packers of browsers differ by version; the library's own does not. No time but the format's first, in no time zone. */
const SAME_BYTES = {
  useWebWorkers: false,
  useCompressionStream: false,
  extendedTimestamp: false,
  lastModDate: new Date(1980, 0, 1),
} as const;

/** @param files path inside the zip and text, each path once; taken one by one */
export async function packZip(files: AsyncIterable<readonly [path: string, text: string]>): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter("application/zip"), SAME_BYTES);
  for await (const [path, text] of files) await zip.add(path, new TextReader(text));
  return zip.close();
}
