// Words at the beginning of a sentence. Knows no language.

/** The text with its first letter large. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
