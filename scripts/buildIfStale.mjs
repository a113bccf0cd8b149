// Builds the page where it is not there, or where anything that the build reads has changed since.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const STAMP = join(ROOT, "dist/.vite/inputs.sha256"); // inside, so that any other build takes it away

/** Hash of all that the build reads: sources by content, the large files of public/ by size and time. */
function inputsHash() {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    const stat = statSync(full);
    if (stat.isDirectory()) for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
    else if (path.startsWith("public/")) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`);
    else hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
  };
  for (const path of [
    "src",
    "public",
    "docs",
    "index.html",
    "vite.config.ts",
    "scripts/firstLoad.ts",
    "scripts/moduleList.ts",
    "scripts/contentSecurity.ts",
    "scripts/linkPaths.ts",
    "scripts/licences.ts",
    "scripts/offline.ts",
    "scripts/oneFile.ts",
    "scripts/sourceHash.ts",
    "scripts/guide/chapters.ts",
    "scripts/guide/guide.css",
    "scripts/guide/guide.ts",
    "scripts/guide/guideText.ts",
    "package-lock.json",
  ])
    add(path);
  return hash.digest("hex");
}

/** Ends the process, with the place of what is wrong, where the page cannot be built. */
export async function buildIfStale() {
  const hash = inputsHash();
  const built =
    existsSync(join(ROOT, "dist/index.html")) && existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
  if (built === hash) return;
  console.log("Building the page …");
  const { build } = await import("vite");
  try {
    await build({ root: ROOT, logLevel: "warn" });
  } catch (error) {
    console.error(error.message); // Rolldown's messages show the place; a stack of its own adds nothing
    process.exit(1);
  }
  writeFileSync(STAMP, hash);
}
