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
}

export function pagePlaces(
  { base, hub }: PageAddresses,
  { models, shelf, shipped }: KeptPlaces,
  onTrouble: (sentence: string) => void = () => undefined,
): EncoderPlaces {
  return {
    labTokenizer: () => readPageText(base, TOKENIZER_PATH),
    shipped: (name) =>
      shipped.of(name, readAhead(httpFiles(`${base}models/${name}/`, name, { onTrouble }), SHIPPED_SMALL)),
    hub: hubPlace({ hub, shelf, onTrouble }),
    url: (url) => httpFiles(url, url.replace(/\/$/, ""), { onTrouble }),
    local: async (name) => (await models).files(name),
  };
}
