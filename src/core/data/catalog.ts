// What datasets there are: the shape of public/datasets/catalog.json. Never fetches it or the datasets.
import * as v from "valibot";
import { issueText } from "../issueText.ts";

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const address = v.pipe(v.string(), v.url(), v.startsWith("https://"));

const fileSchema = v.pipe(
  v.strictObject({
    name: v.pipe(
      v.string(),
      v.maxLength(200),
      v.regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/, "must be a relative path of letters, digits, '.', '_' and '-'"),
    ),
    url: address,
    langs: v.optional(v.pipe(v.array(text), v.minLength(1))), // only these need it; undefined: all of them
    bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"))),
  }),
  // Without both the file is unverified: what the first download brings is noted, and later ones are held to it.
  v.check(
    (file) => (file.bytes === undefined) === (file.sha256 === undefined),
    "bytes and sha256 go together",
  ),
);

const entrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and '-'")),
  title: text,
  purpose: v.picklist(["train pairs", "zero-shot test", "bitext"]), // train pairs = has train rows worth learning from
  origin: v.picklist(["embedded", "converted", "format"]), // built at set-up | made from its files | made from anyone's files
  languages: v.array(text), // empty for the embedded set, whose manifest lists them, and for formats
  licence: text, // SPDX identifier
  licenceUrl: v.optional(address), // none for formats: the files' owner decides
  licenceDoubt: v.optional(text), // shown beside the licence: why its terms are not beyond doubt
  citation: text,
  source: text, // where the text comes from, with its version
  contamination: v.optional(text), // shown beside the source: what training data hold its texts, so that a score may be memory
  conversion: text, // what concept, passage, query and split mean here
  obtain: v.optional(text), // how to get the files, where there is no address for them
  byLanguage: v.optional(v.literal(true)), // too large to come whole: some of its languages are to be chosen
  files: v.array(fileSchema), // official addresses; empty where they are not sure, and then `obtain` says what to do
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
    throw new Error(`${where}: ${v.getDotPath(issue) ?? "the catalogue"}: ${issueText(issue)}`);
  }
  const { datasets } = result.output;
  const twice = datasets.find(({ id }, i) => datasets.findIndex((other) => other.id === id) !== i);
  if (twice) throw new Error(`${where}: dataset ${twice.id} is listed twice`);
  const lost = datasets.find(
    (entry) => entry.origin !== "embedded" && entry.files.length === 0 && !entry.obtain,
  );
  if (lost)
    throw new Error(`${where}: dataset ${lost.id} has neither files nor a word on how to obtain them`);
  for (const { id, languages, files } of datasets) {
    const stray = files.find(({ langs }) => langs?.some((lang) => !languages.includes(lang)));
    if (stray)
      throw new Error(`${where}: dataset ${id}: ${stray.name} is in a language that the set has not`);
  }
  return datasets;
}
