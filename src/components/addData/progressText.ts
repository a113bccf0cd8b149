// How far an import is, in words.
import { bytesText } from "../words/bytesText.ts";
import type { RunProgress } from "../../core/run/progress.ts";

/** "3.4 MB of 18 MB", "640 kB" where the whole is not known; "file 2 of 11" */
export function progressText({ done, total, unit }: Omit<RunProgress, "phase">): string {
  if (unit !== "bytes") return total > 1 ? `file ${done} of ${total}` : "";
  return total > 0 ? `${bytesText(done)} of ${bytesText(total)}` : bytesText(done);
}
