// Counts lines of tests per line of source in core and training, by folder, and names the files that no test imports.
// A measure to read, not a check: a line of test may prove nothing. `node scripts/testShare.mjs`.
//
// Source: every .ts that is no test, and the kernels' .as; tables of data are left out. Tests: *.test.ts(x). The suites of
// src/testing/{engine,checkpoints,tokenizers} serve several test files, and count as tests of training.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Data written as code. */
const TABLES = ["core/languages/languageTable.ts", "training/engine/simdBytes.ts"];
const SHARED = /^testing\/(engine|checkpoints|tokenizers)\//;

const isTest = (path) => /\.test\.tsx?$/.test(path);
const isShared = (path) => SHARED.test(path);
const linesOf = (text) => text.split("\n").length - 1;

/** @returns {Map<string, string>} path from `src` with slashes → text, of core, training and their tests */
export function readTree(src) {
  const paths = readdirSync(src, { recursive: true, encoding: "utf8" }).map((path) =>
    path.replaceAll("\\", "/"),
  );
  const counted = paths.filter((path) => /\.(tsx?|as)$/.test(path) && !TABLES.includes(path));
  return new Map(counted.sort().map((path) => [path, readFileSync(join(src, path), "utf8")]));
}

/**
 * @param {Map<string, string>} tree
 * @param {string} layer "core" or "training"
 * @returns {{ folder: string, source: number, tests: number, untested: string[] }[]} by folder, the shared suites last
 */
export function testShares(tree, layer) {
  const imported = new Set();
  for (const [path, text] of tree)
    if (isTest(path) || isShared(path))
      for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles)
        imported.add(posix.join(posix.dirname(path), fileName));
  const rows = new Map();
  for (const [path, text] of tree) {
    const shared = layer === "training" && isShared(path);
    if (!shared && !path.startsWith(`${layer}/`)) continue;
    const folder = shared ? "testing" : posix.dirname(path);
    const row = rows.get(folder) ?? { folder, source: 0, tests: 0, untested: [] };
    rows.set(folder, row);
    if (shared || isTest(path)) row.tests += linesOf(text);
    else {
      row.source += linesOf(text);
      if (path.endsWith(".ts") && !imported.has(path)) row.untested.push(posix.basename(path, ".ts"));
    }
  }
  return [...rows.values()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tree = readTree(fileURLToPath(new URL("../src", import.meta.url)));
  for (const layer of ["core", "training"]) {
    const rows = testShares(tree, layer);
    const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
    const total = { folder: layer, source: sum("source"), tests: sum("tests"), untested: [] };
    for (const { folder, source, tests, untested } of [...rows, total]) {
      const share = source > 0 ? (tests / source).toFixed(2) : "";
      console.log(
        `${folder.padEnd(22)} ${tests} / ${source}`.padEnd(40),
        share.padEnd(5),
        untested.join(" "),
      );
    }
  }
}
