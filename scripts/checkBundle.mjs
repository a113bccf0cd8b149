// Judges the built page: no tfjs outside the workers, a first load of at most 250 kB gzipped, the licences of all that is in it.
// Prints every size.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "./setup.mjs";

const LICENCES = "licences.txt";
const LIMIT_KB = 250; // gzipped: the document, its scripts and its styles, without fonts and data
const HEAVY = /(^|\/)@tensorflow\/|(^|\/)@huggingface\/tokenizers\/|^src\/training\//;

const dist = join(ROOT, "dist");
const list = join(dist, ".vite/modules.json");
if (!existsSync(list)) {
  console.error("dist/.vite/modules.json is missing: run `npm run build` first.");
  process.exit(1);
}

const chunks = JSON.parse(readFileSync(list, "utf8"));
const kB = (bytes) => bytes / 1000;
const gzipped = (file) => kB(gzipSync(readFileSync(join(dist, file))).length);
const row = (what, file, gz, raw) =>
  console.log(
    `${what.padEnd(11)} ${file.padEnd(52)} ${raw.toFixed(1).padStart(9)} kB ${gz.toFixed(1).padStart(8)} kB gzipped`,
  );

const byFile = new Map(chunks.map((chunk) => [chunk.file, chunk]));
const first = new Set();
const load = (file) => {
  const chunk = byFile.get(file);
  if (!chunk || first.has(file)) return;
  first.add(file);
  for (const style of chunk.styles) first.add(style);
  chunk.imports.forEach(load);
};
const page = chunks.filter((chunk) => chunk.of === "page");
page.filter((chunk) => chunk.entry).forEach((chunk) => load(chunk.file));

const problems = [];
if (page.length === 0) problems.push("the module list names no chunk of the page");
for (const { file, modules } of page) {
  const heavy = modules.filter((module) => HEAVY.test(module));
  if (heavy.length > 0)
    problems.push(
      `${file} belongs to the page and holds ${heavy.length} modules of training, such as ${heavy[0]}`,
    );
}
// If tfjs hid under another name, the check above would pass by not seeing it.
const workers = chunks.filter((chunk) => chunk.of === "worker");
if (
  existsSync(join(ROOT, "src/workers/trainer.worker.ts")) &&
  !workers.some(({ modules }) => modules.some((m) => HEAVY.test(m)))
)
  problems.push("no worker chunk holds tfjs: the module list cannot be right");

let total = 0;
for (const file of ["index.html", ...first]) {
  const gz = gzipped(file);
  total += gz;
  row("first load", file, gz, kB(statSync(join(dist, file)).size));
}
for (const { file } of page)
  if (!first.has(file)) row("page, later", file, gzipped(file), kB(statSync(join(dist, file)).size));
for (const { file } of workers) row("worker", file, gzipped(file), kB(statSync(join(dist, file)).size));
for (const name of existsSync(join(dist, "assets")) ? readdirSync(join(dist, "assets")) : [])
  if (/\.(wasm|woff2?)$/.test(name))
    row("asset", `assets/${name}`, gzipped(`assets/${name}`), kB(statSync(join(dist, "assets", name)).size));
console.log(`First load: ${total.toFixed(1)} kB gzipped of ${LIMIT_KB} kB allowed.`);
if (total > LIMIT_KB)
  problems.push(`the first load is ${total.toFixed(1)} kB gzipped, more than ${LIMIT_KB} kB`);

const text = existsSync(join(dist, LICENCES)) ? readFileSync(join(dist, LICENCES), "utf8") : "";
const folders = chunks
  .flatMap(({ modules }) => modules)
  .flatMap((module) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? []);
for (const folder of new Set([...folders, "node_modules/@fontsource-variable/inter"])) {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  if (!text.includes(`\n${name} ${version}: `))
    problems.push(`${LICENCES} lacks the licence of ${name} ${version}`);
}
for (const words of [
  "SIL OPEN FONT LICENSE",
  "Apache License",
  "Permission is hereby granted, free of charge",
])
  if (!text.includes(words)) problems.push(`${LICENCES} holds no "${words}"`);

for (const problem of problems) console.error(`bundle: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
