// What a dataset on disk or on a server consists of: shards with counts, sizes and hashes. Never fetches them.
import * as v from "valibot";
import { SIDES, SPLITS } from "./records.ts";

export const MANIFEST_SCHEMA = "hybrid-batch-lab/dataset@1";

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One gzip file of JSON lines: one language, one side, one split. */
export const shardSchema = v.strictObject({
  path: v.pipe(
    v.string(),
    v.regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be a relative path of letters, digits, '.', '_' and '-'"),
  ),
  lang: v.string(),
  side: v.picklist(SIDES),
  split: v.picklist(SPLITS),
  count, // records
  bytes: count, // of the gzip file
  sha256, // of the gzip file
});

export const manifestSchema = v.object({
  schema: v.literal(MANIFEST_SCHEMA),
  id: v.string(),
  title: v.string(),
  licence: v.string(), // SPDX identifier where there is one
  citation: v.string(),
  source: v.string(), // where the text came from, with its version
  languages: v.array(v.string()),
  concepts: count,
  shards: v.array(shardSchema),
  sha256, // of the canonical JSON of everything above: the dataset's identity in run records
});

export type Shard = v.InferOutput<typeof shardSchema>;
export type Manifest = v.InferOutput<typeof manifestSchema>;
