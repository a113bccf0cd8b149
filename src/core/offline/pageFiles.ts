// The files that the page is made of, as its build lists them: what each belongs to, and which of them one visit keeps.
// Fetches nothing.
import * as v from "valibot";
import { pagePlace } from "../pagePlace.ts";

const file = v.object({
  ...pagePlace.entries,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), // its beginning
  isPacked: v.optional(v.literal(true)), // lies beside itself as gzip, too: see `packedPath`
});

export type PageFile = v.InferOutput<typeof file>;

/** @throws Error where it is no such list */
export const parsePageFiles = (value: unknown): readonly PageFile[] => v.parse(v.array(file), value);

/** The name under which a file is kept: another version of it has another one. */
export const keptName = ({ path, sha256 }: PageFile): string => `${path}?kept=${sha256}`;

/** What is worth packing, by how its name ends, and what a host says of it unpacked. */
export const PACKED_TYPES: Readonly<Record<string, string>> = {
  css: "text/css",
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

/** Where a file lies packed, for hosts that pack nothing themselves. */
export const packedPath = (path: string): string => `${path}.gz`;
/** Whether it is such a place: shards of sets are packed files in their own right. */
export const isPackedPath = (path: string): boolean => {
  const [gz, own = ""] = path.split(".").reverse();
  return gz === "gz" && Object.hasOwn(PACKED_TYPES, own);
};
export const typeOf = (path: string): string | undefined => PACKED_TYPES[path.split(".").at(-1) ?? ""];

/** What files are kept and removed together: "page", "studies", "datasets/ID" or "models/ID". */
export function partOf(path: string): string {
  const [top, name, inside] = path.split("/");
  if (top === "studies") return top;
  return (top === "datasets" || top === "models") && inside !== undefined ? `${top}/${name}` : "page";
}

/** Kept by the worker that trains, under its own hash and not with the other files; those of a Dense behind it are small. */
export const isWeights = (path: string): boolean => /^models\/[^/]+\/model\.safetensors$/.test(path);

/** What one run reads. */
export interface RunNeeds {
  readonly encoder: string;
  readonly dataset: string;
  readonly languages: readonly string[];
}

/** No part of what one visit keeps: licences to read, the script of files that train, and WebAssembly for processors without SIMD. */
const RARE =
  /^licences\.txt$|^onefile\/app\.js$|^assets\/tfjs-backend-wasm-(?!simd)[\w-]+\.wasm$|^models\/tokenizer\//;

/** What one visit keeps unasked: the page, its studies, and what the run needs. */
export function visitFiles(
  files: readonly PageFile[],
  { encoder, dataset, languages }: RunNeeds,
): readonly PageFile[] {
  const own = languages.map((language) => `datasets/${dataset}/${language}/`);
  const isNeeded = ({ path }: PageFile) => {
    if (RARE.test(path)) return false;
    const part = partOf(path);
    if (part === "page" || part === "studies" || part === `models/${encoder}`) return true;
    if (part !== `datasets/${dataset}`) return false;
    return path.split("/").length === 3 || own.some((folder) => path.startsWith(folder));
  };
  return files.filter(isNeeded);
}

/** In three turns: the document comes once all is there that it asks for, and weights at the end. */
export const byTurn = (files: readonly PageFile[]): readonly PageFile[][] =>
  [0, 1, 2].map((turn) => files.filter((file) => turnOf(file) === turn));
const turnOf = ({ path }: PageFile) => (isWeights(path) ? 2 : path === "index.html" ? 1 : 0);

export const bytesOf = (files: readonly PageFile[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);
