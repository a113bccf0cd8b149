// How far an import is, in words.
import { wholeText } from "../../core/numbersIn.ts";
import { bytesText } from "../words/bytesText.ts";
import type { Importing } from "../../state/datasetStore.ts";

/** "3.4 MB of 18 MB", "640 kB" where the whole is not known, and what a conversion has written: ", 12,288 texts". */
export function progressText({ progress, texts = 0 }: Importing): string {
  if (!progress) return "";
  const { done, total } = progress;
  const read = total > 0 ? `${bytesText(done)} of ${bytesText(total)}` : bytesText(done);
  return texts > 0 ? `${read}, ${wholeText(texts)} texts` : read;
}
