// Where encoders come from in a page: its own folder, the hub, an address, and what is kept in this browser.
import { httpFiles } from "../training/checkpoint/httpFiles.ts";
import { hubPlace } from "../training/hub/hubPlace.ts";
import type { ModelStore } from "../training/checkpoint/modelStore.ts";
import type { EncoderPlaces } from "../training/checkpoint/openEncoder.ts";
import { readPageText } from "./pageFiles.ts";

const TOKENIZER_PATH = "models/tokenizer/tokenizer.json";

/** @param base the page's folder, ending in "/" */
export function pagePlaces(base: string, models: Promise<ModelStore>): EncoderPlaces {
  return {
    labTokenizer: () => readPageText(base, TOKENIZER_PATH),
    shipped: (name) => httpFiles(`${base}models/${name}/`, name),
    hub: hubPlace(),
    url: (url) => httpFiles(url, url.replace(/\/$/, "")),
    local: async (name) => (await models).files(name),
  };
}
