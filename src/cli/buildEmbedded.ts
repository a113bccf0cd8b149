// Builds public/datasets/cldr-emoji from the installed package cldr-annotations-full. Quick when nothing changed.
import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseCatalog, type CatalogEntry } from "../core/data/catalog.ts";
import { buildEmojiSet, type Annotations } from "../core/data/cldrEmoji.ts";
import { MANIFEST_FILE, type Manifest } from "../core/data/manifest.ts";
import { createRandom } from "../core/random.ts";
import { readManifest, sha256Hex } from "../training/data/shardSource.ts";
import { writeShards } from "../training/data/writeShards.ts";
import { createFolderSink, EMBEDDED_DATASETS } from "./nodeShards.ts";

const ID = "cldr-emoji";
const PACKAGE = "cldr-annotations-full";
const SEED = 20240810; // fixed for good: another seed is another dataset
const STAMP_FILE = ".stamp"; // what the folder was built from
const CATALOG_FILE = path.join(EMBEDDED_DATASETS, "catalog.json");

/** Every source file that decides what is built; a change to one of them builds again. */
const BUILDER_FILES = [
  "./buildEmbedded.ts",
  "../core/random.ts",
  ...["canonicalJson", "cldrEmoji", "manifest", "parseRecord", "records"].map((f) => `../core/data/${f}.ts`),
  ...["shardSource", "writeShards"].map((f) => `../training/data/${f}.ts`),
];

export interface BuildResult {
  readonly manifest: Manifest;
  readonly rebuilt: boolean; // false: the folder was up to date
}

/**
 * @param dir the dataset's folder; replaced whole when out of date
 * @throws Error in one sentence when the package is missing or has another layout
 */
export async function buildEmbedded(dir: string = path.join(EMBEDDED_DATASETS, ID)): Promise<BuildResult> {
  const packageDir = findPackage();
  const { version } = (await readJson(path.join(packageDir, "package.json"))) as { version: string };
  const stamp = await computeStamp(version);
  const current = await readCurrent(dir, stamp);
  if (current) return { manifest: current, rebuilt: false };

  const set = buildEmojiSet(await readAnnotations(packageDir), createRandom(SEED));
  const { title, licence, citation, source } = await readCatalogEntry();
  const facts = {
    id: ID,
    title,
    licence,
    citation,
    source: `${source}, ${version}`,
    languages: set.languages,
  };
  const sink = await createFolderSink(dir);
  await sink.write("LICENSE", await readFile(path.join(packageDir, "LICENSE")));
  await sink.write(STAMP_FILE, new TextEncoder().encode(stamp));
  const manifest = await writeShards({ ...facts, languages: [...set.languages] }, set.records, sink);
  return { manifest, rebuilt: true };
}

function findPackage(): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  } catch (cause) {
    throw new Error(`The package ${PACKAGE} is not installed; run: npm install`, { cause });
  }
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

async function readCatalogEntry(): Promise<CatalogEntry> {
  const entry = parseCatalog(await readJson(CATALOG_FILE), CATALOG_FILE).find(({ id }) => id === ID);
  if (!entry) throw new Error(`${CATALOG_FILE} has no entry ${ID}`);
  return entry;
}

async function computeStamp(version: string): Promise<string> {
  const files = BUILDER_FILES.map((file) => fileURLToPath(new URL(file, import.meta.url)));
  const parts = await Promise.all([...files, CATALOG_FILE].map((file) => readFile(file, "utf8")));
  return sha256Hex(new TextEncoder().encode([version, ...parts].join("\0")));
}

/** The manifest in `dir` if it carries the stamp and every shard has its size; null to build again. */
async function readCurrent(dir: string, stamp: string): Promise<Manifest | null> {
  try {
    if ((await readFile(path.join(dir, STAMP_FILE), "utf8")) !== stamp) return null;
    const file = path.join(dir, MANIFEST_FILE);
    const manifest = readManifest(await readFile(file, "utf8"), file);
    const sizes = await Promise.all(
      manifest.shards.map(async (s) => (await stat(path.join(dir, s.path))).size),
    );
    return manifest.shards.every(({ bytes }, i) => sizes[i] === bytes) ? manifest : null;
  } catch {
    return null; // missing or damaged: build again
  }
}

/**
 * Annotations of base languages: "zh", not "zh-Hant" or "en-GB". A regional or script variant repeats most of its base,
 * and its rows would pass for cross-lingual ones. Languages of their own (yue, bs, hr, sr) have own folders.
 */
async function readAnnotations(packageDir: string): Promise<Map<string, Annotations>> {
  const root = path.join(packageDir, "annotations");
  const names = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && /^[a-z]{2,3}$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const annotations = new Map<string, Annotations>();
  for (const name of names) {
    const file = path.join(root, name, "annotations.json");
    // The layout of CLDR's JSON; buildEmojiSet reads every field as optional.
    const json = (await readJson(file)) as { annotations?: { annotations?: Annotations } };
    if (!json.annotations) throw new Error(`${file} has no "annotations"; ${PACKAGE} has another layout`);
    annotations.set(name, json.annotations.annotations ?? {}); // some languages have an empty file
  }
  return annotations;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { manifest, rebuilt } = await buildEmbedded();
  const mb = manifest.shards.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const what = `${manifest.languages.length} languages, ${manifest.concepts} concepts, ${mb.toFixed(1)} MB`;
  console.log(`${ID}: ${rebuilt ? "built" : "up to date"}, ${what}, sha256 ${manifest.sha256.slice(0, 12)}`);
}
