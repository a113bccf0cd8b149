// What an error says, whatever was thrown. Classifies nothing.
import { visibleText } from "./visibleText.ts";

/** The message of an Error, or the thing itself as text; names in it that others gave are safe to show. */
export function messageOf(error: unknown): string {
  return visibleText(error instanceof Error ? error.message : String(error));
}
