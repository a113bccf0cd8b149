// Texts that come with the page, fetched by a worker.
import { OfflineError } from "../core/inputError.ts";
import { messageOf } from "../core/messageOf.ts";
import { fetchBytes, type HttpOptions } from "../training/data/httpShards.ts";

const MAX_BYTES = 64 * 2 ** 20;

/** @throws Error naming the file and the reason, also where the server falls silent */
export async function readPageText(
  base: string,
  path: string,
  options: Pick<HttpOptions, "fetch"> = {},
): Promise<string> {
  try {
    return new TextDecoder().decode(await fetchBytes(base + path, MAX_BYTES, () => true, options));
  } catch (cause) {
    if (cause instanceof OfflineError) throw cause;
    throw new Error(`A file of the page could not be read (${messageOf(cause)}); reload the page`, { cause });
  }
}
