// Files that come with the page, fetched by a worker. Never reaches another server.
import { createTokenizer, type Tokenizer } from "../training/text/tokenizer.ts";

export const TOKENIZER_PATH = "models/tokenizer/tokenizer.json";

/** @throws Error naming the file and the status */
export async function readPageText(base: string, path: string): Promise<string> {
  const response = await fetch(base + path);
  if (!response.ok)
    throw new Error(`${path}: the server answered ${response.status}; the page is not complete`);
  return response.text();
}

let loaded: Promise<Tokenizer> | undefined;

/** The lab's tokenizer, fetched once per worker; a failed fetch is tried again at the next call. */
export function pageTokenizer(base: string): Promise<Tokenizer> {
  loaded ??= readPageText(base, TOKENIZER_PATH).then(createTokenizer);
  loaded.catch(() => (loaded = undefined));
  return loaded;
}
