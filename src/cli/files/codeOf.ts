// Node's errors in a word. Classifies nothing.
import { messageOf } from "../../core/messageOf.ts";

/** "ENOENT" says it shorter than Node's message, which repeats the path. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return messageOf(error);
}

/** What Node says of a read, to follow a file's name: "there is no such file", "cannot be read (EACCES)" */
export function readProblem(error: unknown): string {
  const code = codeOf(error);
  if (code === "ENOENT") return "there is no such file";
  if (code === "ENOTDIR") return "there is no such file; a part of the path is a file itself";
  return `cannot be read (${code === "EISDIR" ? "it is a folder" : code})`;
}
