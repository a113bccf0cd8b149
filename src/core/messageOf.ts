// What an error says, whatever was thrown. Classifies nothing.

/** The message of an Error, or the thing itself as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
