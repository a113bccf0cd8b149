// Names that others gave, as they are shown: characters that would reorder or hide what stands around them are written out.

/** Marks, embeddings, overrides and isolates of bidirectional text; control characters but tab and line breaks (CSV's CR LF, too); odd line ends. */
const DECEPTIVE =
  /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/g;

/**
 * "invoice" + U+202E + "fdp.exe", which a screen shows as "invoiceexe.pdf", as "invoice[U+202E]fdp.exe". For what is shown, never for
 * what is looked up by its name. Twice is as once.
 */
export function visibleText(text: string): string {
  return text.replace(
    DECEPTIVE,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
