// What datasets there are: the shape of public/datasets/catalog.json. Never fetches it or the datasets.
import * as v from "valibot";

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const address = v.pipe(v.string(), v.url(), v.startsWith("https://"));

const fileSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w-][\w.-]*$/, "must be a file name without folders")),
  url: address,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits")),
});

const entrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and '-'")),
  title: text,
  purpose: v.picklist(["train pairs", "zero-shot test", "bitext"]), // train pairs = has train rows worth learning from
  origin: v.picklist(["embedded", "converted"]), // built at set-up | made here from its published files
  languages: v.array(text), // empty for the embedded set: its manifest lists them
  licence: text, // SPDX identifier
  licenceUrl: address,
  citation: text,
  source: text, // where the text comes from, with its version
  conversion: text, // what concept, passage, query and split mean here
  files: v.array(fileSchema), // official addresses; empty for the embedded set
});

export const catalogSchema = v.strictObject({ datasets: v.array(entrySchema) });

export type CatalogFile = v.InferOutput<typeof fileSchema>;
export type CatalogEntry = v.InferOutput<typeof entrySchema>;

/**
 * @param where names the catalogue in errors: a path or an address
 * @throws Error naming `where`, the field and what it must be
 */
export function parseCatalog(value: unknown, where: string): readonly CatalogEntry[] {
  const result = v.safeParse(catalogSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`${where}: ${v.getDotPath(issue) ?? "the catalogue"}: ${issue.message}`);
  }
  const { datasets } = result.output;
  const twice = datasets.find(({ id }, i) => datasets.findIndex((other) => other.id === id) !== i);
  if (twice) throw new Error(`${where}: dataset ${twice.id} is listed twice`);
  return datasets;
}
