// The sets that come with the page: built at set-up and served with it. Holds names alone.

export const EMBEDDED_SETS: readonly string[] = ["cldr-emoji"];
