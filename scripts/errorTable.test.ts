// docs/errorTable.md is what its script writes; the whole of it takes a minute, a row a second.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DESIGNS, designTable } from "./errorTableText.ts";

const committed = readFileSync(new URL("../docs/errorTable.md", import.meta.url), "utf8");
const words = (text: string) => text.replace(/ +|-{3,}/g, " ");

it("has its first part made again word for word", () => {
  expect(words(committed)).toContain(words(designTable(DESIGNS[0])));
});
