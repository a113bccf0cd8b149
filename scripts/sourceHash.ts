// One short hash of the source files in some folders: tells whether page and workers were built of the same.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns 12 hex digits over names and texts of the .ts files below the folders, tests left out */
export function sourceHash(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const name of names.filter((file) => /(?<!\.test)\.ts$/.test(file)).sort()) {
      hash.update(`${name.replaceAll("\\", "/")}\0`).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest("hex").slice(0, 12);
}
