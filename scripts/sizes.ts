// What the built page weighs, part by part: plain, and packed as hosts send texts; then what one visit keeps. Judges
// nothing: scripts/checkBundle.mjs does.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { isPackedPath, visitFiles, type PageFile } from "../src/core/offline/pageFiles.ts";
import { QUICK_START } from "../src/core/offline/quickStart.ts";
import { GUIDE, PICTURES } from "./guide/guideText.ts";

const DIST = join(import.meta.dirname, "../dist");
const TEXT = /\.(html|js|css|json|webmanifest|svg|wasm|txt|md|map)$/; // hosts send others as they are
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

interface Size {
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
}

function sizeOf(path: string): Size {
  const bytes = readFileSync(join(DIST, path));
  const plain = bytes.length;
  if (!TEXT.test(path)) return { plain, gzip: plain, brotli: plain };
  return { plain, gzip: gzipSync(bytes).length, brotli: brotliCompressSync(bytes, QUALITY).length };
}

function groupOf(path: string): string {
  const [top, name] = path.split("/");
  if (path.endsWith(".map")) return "source maps";
  if (top === "models") return `encoder ${name}`;
  if (top === "datasets") return name === "catalog.json" ? "catalogue" : `set ${name}`;
  if (top === "studies") return "recorded studies";
  if (/\.(woff2|ttf)$/.test(path)) return "fonts";
  if (path.endsWith(".wasm")) return "WebAssembly";
  if (top === GUIDE) return name === PICTURES ? "pictures of the guide" : "guide";
  if (top !== "assets") return /\.txt$/.test(path) ? "licences" : "document and service worker";
  return /\.worker-/.test(path) ? "workers" : "page";
}

if (!existsSync(join(DIST, "index.html"))) {
  console.error("dist/index.html is missing: run `npm run build` first.");
  process.exit(1);
}
const paths = readdirSync(DIST, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(DIST.length + 1)
      .replaceAll("\\", "/"),
  )
  .filter((path) => !/(^|\/)\./.test(path) && !isPackedPath(path));
const sizes = new Map(paths.map((path) => [path, sizeOf(path)]));

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(14);
const row = (what: string, own: readonly string[]) => {
  const sum = (kind: keyof Size) => own.reduce((total, path) => total + sizes.get(path)![kind], 0);
  console.log(
    what.padEnd(30) + `${own.length}`.padStart(6) + kB(sum("plain")) + kB(sum("gzip")) + kB(sum("brotli")),
  );
};
console.log(
  `${"".padEnd(30)}${"files".padStart(6)}${"plain".padStart(14)}${"gzip".padStart(14)}${"brotli".padStart(14)}`,
);
for (const group of [...new Set(paths.map(groupOf))].sort())
  row(
    group,
    paths.filter((path) => groupOf(path) === group),
  );
row("all", paths);

const listed = paths
  .filter((path) => !path.endsWith(".map") && path !== "offline.worker.js" && path !== "lab.json")
  .map((path): PageFile => ({ path, bytes: sizes.get(path)!.plain, sha256: "" }));
row(
  "what one visit keeps",
  visitFiles(listed, QUICK_START).map(({ path }) => path),
);
