// Counts circles in src: files that import each other, and folders whose files do. ESLint's no-cycle sees values only.
// Run by the lint suite; scripts/cycles.test.ts plants breaches. Knows no layers: eslint.config.js holds those.
//
// What counts: every import and export-from of src, also of types (`import type`, `import("./x.ts").X`) and `import()`.
// What does not: tests and src/testing, which may import anything; `new Worker(new URL(…))`, which loads nothing here.
// A folder is a directory that holds files itself; it imports another where one of its own files imports one of the other's.
// A circle is a strongly connected component of two or more: each reaches each, so none can be read or moved alone.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The circles of folders that may stand, and why. Of files none may. */
const KNOWN = {
  "cli ↔ cli/commands ↔ cli/distill ↔ cli/sweep":
    "commands.ts, the entry, starts the commands, which share Node's ports and stores beside it",
  "workers ↔ workers/data ↔ workers/trainer":
    "the worker entries start the hosts, which speak the protocol and rpc beside them, as the page does",
};

const isSource = (path) =>
  /\.tsx?$/.test(path) && !/\.(test\.tsx?|d\.ts)$/.test(path) && !path.startsWith("testing/");

/** @returns {Map<string, string>} path from `folder` with slashes → text, of every file that counts */
export function readSources(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = paths.map((path) => path.replaceAll("\\", "/")).filter(isSource);
  return new Map(sources.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** @returns {Map<string, Set<string>>} file → the files of `sources` that it imports */
function fileGraph(sources) {
  const targets = (path, text) =>
    ts
      .preProcessFile(text, true, true)
      .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
      .map(({ fileName }) => posix.join(posix.dirname(path), fileName.replace(/\?.*/, "")))
      .filter((target) => sources.has(target));
  return new Map([...sources].map(([path, text]) => [path, new Set(targets(path, text))]));
}

/** @returns {Map<string, Set<string>>} folder → the other folders that its own files import from */
function folderGraph(files) {
  const graph = new Map();
  for (const [path, targets] of files) {
    const folder = posix.dirname(path);
    const others = graph.get(folder) ?? new Set();
    graph.set(folder, others);
    for (const target of targets) if (posix.dirname(target) !== folder) others.add(posix.dirname(target));
  }
  return graph;
}

/** Tarjan's strongly connected components of two or more nodes, each sorted. @returns {string[][]} */
function circles(graph) {
  const [order, low, stack, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/**
 * @param {Map<string, string>} sources
 * @returns {{ files: string[][], folders: { names: string[], imports: string[] }[] }} the circles of files and of
 *   folders, with the imports ("a/x.ts → b/y.ts") that close those of folders
 */
export function findCycles(sources) {
  const files = fileGraph(sources);
  const folders = circles(folderGraph(files)).map((names) => {
    const within = (path) => names.includes(posix.dirname(path));
    const imports = [...files].flatMap(([path, targets]) =>
      [...targets]
        .filter((to) => within(path) && within(to) && posix.dirname(to) !== posix.dirname(path))
        .map((to) => `${path} → ${to}`),
    );
    return { names, imports };
  });
  return { files: circles(files), folders };
}

/**
 * @param known names of circles of folders, joined by ↔, that may stand
 * @returns {string[]} what is wrong, as lines
 */
export function judgeCycles({ files, folders }, known = Object.keys(KNOWN)) {
  const found = folders.map(({ names, imports }) => ({ name: names.join(" ↔ "), imports }));
  return [
    ...files.map((circle) => `A circle of files: ${circle.join(" ↔ ")}`),
    ...found
      .filter(({ name }) => !known.includes(name))
      .flatMap(({ name, imports }) => [
        `A circle of folders: ${name}`,
        ...imports.map((line) => `  ${line}`),
      ]),
    ...known
      .filter((name) => !found.some((circle) => circle.name === name))
      .map((name) => `No circle any more, so take it off the list in scripts/cycles.mjs: ${name}`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findCycles(readSources(fileURLToPath(new URL("../src", import.meta.url))));
  const wrong = judgeCycles(found);
  for (const line of wrong) console.error(line);
  console.log(`circles of files: ${found.files.length}, of folders: ${found.folders.length}`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
