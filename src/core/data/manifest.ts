// What a dataset on disk or on a server consists of: shards with counts, sizes and hashes. Never fetches them.
import * as v from "valibot";
import { visibleText } from "../visibleText.ts";
import { SIDES, SPLITS } from "./records.ts";
import { issueText } from "../issueText.ts";

export const MANIFEST_SCHEMA = "hybrid-batch-lab/dataset@1";
export const MANIFEST_FILE = "manifest.json";

/** Bounds of one shard. Writers aim far lower (about 1 MB); readers refuse more, whatever a manifest claims. */
export const MAX_SHARD_BYTES = 16 * 2 ** 20;
export const MAX_SHARD_TEXT_BYTES = 64 * 2 ** 20;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"));
const shown = v.pipe(v.string(), v.transform(visibleText)); // by page and command line; no hash covers it
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const language = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as "sw" or "zh-Hant"'),
);
const datasetId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and '-'"),
);

/** One gzip file of JSON lines: one language, one side, one split. */
export const shardSchema = v.strictObject({
  path: v.pipe(
    v.string(),
    v.maxLength(200),
    // No segment may consist of dots alone: "..", "." and an absolute path stay outside.
    v.regex(
      /^(?!\.+(\/|$))[\w.-]+(\/(?!\.+(\/|$))[\w.-]+)*$/,
      "must be a relative path of letters, digits, '.', '_' and '-'",
    ),
  ),
  lang: language,
  side: v.picklist(SIDES),
  split: v.picklist(SPLITS),
  count, // records
  bytes: v.pipe(count, v.maxValue(MAX_SHARD_BYTES)), // of the gzip file
  sha256, // of the gzip file
  textBytes: v.pipe(count, v.maxValue(MAX_SHARD_TEXT_BYTES)), // of the JSON lines inside
  textSha256: sha256, // of the JSON lines inside
});

export const manifestSchema = v.object({
  schema: v.literal(MANIFEST_SCHEMA),
  id: datasetId,
  title: shown,
  licence: shown, // SPDX identifier where there is one
  citation: shown,
  source: shown, // where the text came from, with its version
  notes: v.optional(v.array(shown)), // what the conversion left out, one sentence each
  languages: v.array(language),
  ownDocuments: v.optional(v.literal("left out")), // a passage with a query's id is no candidate for that query
  concepts: count, // distinct ones asked for or answered, all languages together
  shards: v.array(shardSchema),
  sha256, // of the canonical JSON of contentOf(manifest): the dataset's identity in run records
});

export type Shard = v.InferOutput<typeof shardSchema>;
export type Manifest = v.InferOutput<typeof manifestSchema>;

/**
 * What a dataset's identity covers: every line of every shard and its place, not how the lines were compressed
 * (gzip output differs between machines) and not the wording of title or citation.
 */
export function contentOf(
  manifest: Pick<Manifest, "schema" | "id" | "languages" | "ownDocuments" | "concepts" | "shards">,
) {
  const { ownDocuments } = manifest;
  return {
    schema: manifest.schema,
    id: manifest.id,
    languages: manifest.languages,
    ...(ownDocuments && { ownDocuments }), // sets without it keep their identity
    concepts: manifest.concepts,
    shards: manifest.shards.map(({ path, lang, side, split, count, textBytes, textSha256 }) => ({
      path,
      lang,
      side,
      split,
      count,
      textBytes,
      textSha256,
    })),
  };
}

/**
 * Checks everything but the hash over the content, which core cannot compute (see training/data/shardSource.ts).
 *
 * @param where names the manifest in errors: a path or an address
 * @throws Error naming `where`, the field and what it must be
 */
export function parseManifest(value: unknown, where: string): Manifest {
  const result = v.safeParse(manifestSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`${where}: ${v.getDotPath(issue) ?? "the manifest"}: ${issueText(issue)}`);
  }
  const manifest = result.output;
  const languages = new Set(manifest.languages);
  if (languages.size < manifest.languages.length) throw new Error(`${where}: languages: one is listed twice`);
  const paths = new Set<string>();
  for (const { path, lang, side, split } of manifest.shards) {
    if (side === "queries" && split === "any")
      throw new Error(`${where}: shard ${path} holds queries of no split`);
    if (paths.has(path)) throw new Error(`${where}: shard ${path} is listed twice`);
    if (!languages.has(lang))
      throw new Error(`${where}: shard ${path} has language "${lang}", not in languages`);
    paths.add(path);
  }
  return manifest;
}
