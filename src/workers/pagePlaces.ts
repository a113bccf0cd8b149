// Where encoders come from in a page: its own folder, the hub, an address, and what is kept in this browser.
import { httpFiles } from "../training/pretrained/httpFiles.ts";
import type { ModelStore } from "../training/pretrained/modelStore.ts";
import type { EncoderPlaces } from "../training/pretrained/openEncoder.ts";
import { readAhead } from "../training/pretrained/readAhead.ts";
import type { DownloadShelf } from "../training/hub/downloadShelf.ts";
import type { ShippedFiles } from "../training/hub/keptShipped.ts";
import { hubPlace } from "../training/hub/hubPlace.ts";
import { readPageText } from "./pageFiles.ts";

/** What every encoder of the lab's own is opened by, beside its weights. */
const SHIPPED_SMALL = [
  "modules.json",
  "config.json",
  "2_Normalize/config.json",
  "config_sentence_transformers.json",
  "sentence_bert_config.json",
  "tokenizer.json",
];
const TOKENIZER_PATH = "models/tokenizer/tokenizer.json";

/** What the page says of itself when it connects. */
export interface PageAddresses {
  readonly base: string; // the page's folder, ending in "/"
  readonly hub: string; // the hub, or a mirror of it
}

/** What a worker keeps of encoders from one question to the next. */
export interface KeptPlaces {
  readonly models: Promise<ModelStore>; // dropped on the page
  readonly shelf: Promise<DownloadShelf | undefined>; // downloaded
  readonly shipped: ShippedFiles;
  readonly fetch: typeof globalThis.fetch; // for files of the page (placedFetch.ts)
}

export interface PagePlaces extends EncoderPlaces {
  /** Fetches the weights of an encoder of the page, unless they are kept here. @returns whether they are now */
  keepShipped(name: string): Promise<boolean>;
}

export function pagePlaces(
  { base, hub }: PageAddresses,
  { models, shelf, shipped, fetch }: KeptPlaces,
  onTrouble: (sentence: string) => void = () => undefined,
): PagePlaces {
  const far = (name: string) => httpFiles(`${base}models/${name}/`, name, { onTrouble, fetch });
  return {
    labTokenizer: () => readPageText(base, TOKENIZER_PATH, { fetch }),
    shipped: (name) => shipped.of(name, readAhead(far(name), SHIPPED_SMALL)),
    keepShipped: (name) => shipped.keep(name, far(name)),
    hub: hubPlace({ hub, shelf, onTrouble }),
    url: (url) => httpFiles(url, url.replace(/\/$/, ""), { onTrouble }),
    local: async (name) => (await models).files(name),
  };
}
