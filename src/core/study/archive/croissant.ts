// A dataset of a study as Croissant JSON-LD (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html): what it is, who
// may use it, which files it comes from and what a row holds. Has no sentence of it.
import { filesFor } from "../../data/catalogFiles.ts";
import type { CatalogEntry } from "../../data/catalog.ts";
import type { Manifest } from "../../data/manifest.ts";
import type { Side } from "../../data/records.ts";

/** A dataset as records name it, and what is known of it here. */
export interface DescribedDataset {
  readonly id: string;
  readonly sha256: string; // of its contents: the manifest's
  readonly entry?: CatalogEntry | undefined;
  readonly manifest?: Manifest | undefined; // of these very contents
}

const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  equivalentProperty: "cr:equivalentProperty",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileObject: "cr:fileObject",
  fileProperty: "cr:fileProperty",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  rai: "http://mlcommons.org/croissant/RAI/",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
} as const;

const FIELDS: readonly { readonly name: string; readonly of?: Side; readonly words: string }[] = [
  { name: "_id", words: "Unique among the queries or the passages, all languages together" },
  { name: "text", words: "The query or the passage" },
  { name: "lang", words: "Its language, BCP 47" },
  {
    name: "concept",
    words: "What it asks for or answers: a query and a passage that share one are relevant",
  },
];

/** What is not known is left out: a licence that nobody stated is not guessed. */
export function croissant({ id, sha256, entry, manifest }: DescribedDataset): object {
  const licence = entry?.licenceUrl ?? entry?.licence ?? manifest?.licence;
  const citation = entry?.citation ?? manifest?.citation;
  const languages = manifest?.languages ?? entry?.languages ?? [];
  const originals = entry ? filesFor(entry, entry.languages.length > 0 ? languages : undefined) : [];
  const hashed = originals.filter((file) => file.sha256 !== undefined);
  const description = [
    entry?.source ?? manifest?.source ?? "A dataset of its owner’s; the records name it by its hash.",
    ...(entry ? [entry.conversion] : (manifest?.notes ?? [])),
    ...(entry?.licenceDoubt === undefined ? [] : [`Licence: ${entry.licenceDoubt}`]),
    ...(hashed.length < originals.length
      ? [`${originals.length - hashed.length} of its ${originals.length} original files have no stated hash.`]
      : []),
  ];
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: entry?.title ?? manifest?.title ?? id,
    alternateName: id,
    identifier: `sha256:${sha256}`,
    description: description.join(" "),
    ...(licence !== undefined && { license: licence }),
    ...(citation !== undefined && { citeAs: citation }),
    ...(languages.length > 0 && { inLanguage: languages }),
    distribution: [
      ...hashed.map(({ name, url, bytes, sha256: hash }) => ({
        "@type": "cr:FileObject",
        "@id": `original/${name}`,
        name: `original/${name}`,
        description: "As its owners publish it",
        contentUrl: url,
        contentSize: `${bytes} B`,
        encodingFormat: formatOf(name),
        sha256: hash,
      })),
      ...(manifest ? rowFiles(manifest) : []),
    ],
    ...(manifest && { recordSet: (["queries", "passages"] as const).map(recordSet) }),
  };
}

/** The lines of every shard, as they stand unpacked: how they were packed differs between machines. */
function rowFiles({ shards }: Manifest): object[] {
  return [
    ...shards.map(({ path, lang, split, count, textBytes, textSha256 }) => ({
      "@type": "cr:FileObject",
      "@id": unpacked(path),
      name: unpacked(path),
      description: `${count} rows in ${lang}, ${split}`,
      contentUrl: unpacked(path),
      contentSize: `${textBytes} B`,
      encodingFormat: "application/jsonlines",
      sha256: textSha256,
    })),
    ...(["queries", "passages"] as const).map((side) => ({
      "@type": "cr:FileSet",
      "@id": side,
      name: side,
      encodingFormat: "application/jsonlines",
      includes: `*/${side}.*.jsonl`,
    })),
  ];
}

const unpacked = (path: string) => path.replace(/\.gz$/, "");

const recordSet = (side: Side): object => ({
  "@type": "cr:RecordSet",
  "@id": `${side}-rows`,
  name: `${side}-rows`,
  field: FIELDS.map(({ name, words }) => ({
    "@type": "cr:Field",
    "@id": `${side}-rows/${name}`,
    name: `${side}-rows/${name}`,
    description: words,
    dataType: "sc:Text",
    source: { fileSet: { "@id": side }, extract: { column: name } },
  })),
});

/** By the ending; what is packed is said as that. */
function formatOf(name: string): string {
  const endings: Readonly<Record<string, string>> = {
    json: "application/json",
    jsonl: "application/jsonlines",
    csv: "text/csv",
    tsv: "text/tab-separated-values",
    txt: "text/plain",
    xml: "application/xml",
    tmx: "application/xml",
    zip: "application/zip",
    gz: "application/gzip",
    tgz: "application/gzip",
    tar: "application/x-tar",
    parquet: "application/vnd.apache.parquet",
  };
  return endings[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}
