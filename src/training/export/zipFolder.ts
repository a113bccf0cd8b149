// A folder of files as one zip. Decides names and dates; what stands in the files is others’ to say.
import { BlobWriter, configure, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";

/** The format's first moment, so that equal folders make equal zips. */
const EPOCH = new Date(1980, 0, 1);

/** @param name of the one folder that the zip unpacks to */
export async function zipFolder(name: string, folder: ReadonlyMap<string, Uint8Array>): Promise<Blob> {
  configure({ useWebWorkers: false }); // this runs in a worker already
  const zip = new ZipWriter(new BlobWriter("application/zip"));
  for (const [path, bytes] of folder) {
    // Stored: trained numbers hardly shrink, and the rest is small beside them.
    await zip.add(`${name}/${path}`, new Uint8ArrayReader(bytes), { level: 0, lastModDate: EPOCH });
  }
  return zip.close();
}
