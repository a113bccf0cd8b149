// Which pages the user's guide has, in the order they are read. Their text is Markdown; nothing of it is here.

/** Names of docs/guide/NAME.md. */
export const CHAPTERS = [
  "index",
  "first-run",
  "batches",
  "numbers",
  "comparing",
  "studies",
  "data",
  "sharing",
  "embed",
  "one-file",
  "class",
  "offline",
  "cluster",
] as const;

/** Names of docs/NAME.md that the guide carries along, to look things up in. */
export const REFERENCE = [
  "metrics",
  "rules",
  "studies",
  "data",
  "checkpoints",
  "snapshots",
  "teacher",
  "interface",
  "onefile",
  "offline",
  "cluster",
] as const;
