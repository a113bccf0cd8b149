// Node's errors in a word. Classifies nothing.
import { messageOf } from "../../core/messageOf.ts";

/** "ENOENT" says it shorter than Node's message, which repeats the path. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return messageOf(error);
}
