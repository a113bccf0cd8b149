// Writes docs/errorTable.md, in half a minute. Run: node --import tsx scripts/errorTable.ts
import { writeFileSync } from "node:fs";
import { format } from "prettier";
import { errorTableText } from "./errorTableText.ts";

writeFileSync(
  new URL("../docs/errorTable.md", import.meta.url),
  await format(errorTableText(), { parser: "markdown", printWidth: 110 }),
);
