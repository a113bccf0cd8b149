// A study's files as an RO-Crate (https://www.researchobject.org/ro-crate/specification/1.2/): what each is, its size and hash,
// which datasets and which lab made them. Describes; reads no file.
import type { DescribedDataset } from "./croissant.ts";

export const CRATE_FILE = "ro-crate-metadata.json";

export interface CrateFile {
  readonly path: string;
  readonly name: string;
  readonly description: string; // one sentence
  readonly bytes: number;
  readonly sha256: string;
}

export interface Crate {
  readonly title: string;
  readonly description: string;
  readonly date: string; // YYYY-MM-DD
  readonly labs: readonly string[]; // versions that made the records
  readonly files: readonly CrateFile[];
  readonly datasets: readonly (DescribedDataset & { readonly path: string })[]; // path of its Croissant file
}

const LAB = "Hybrid Batch Lab";
const refer = (id: string) => ({ "@id": id });
const datasetId = ({ id, sha256 }: DescribedDataset) => `#data-${id}-${sha256.slice(0, 12)}`;
const labId = (version: string) => `#lab-${version}`;

/** JSON-LD, flattened, entities in a fixed order. */
export function roCrate({ title, description, date, labs, files, datasets }: Crate): object {
  const made = files.filter(({ path }) => /^(runs|results|summary)\b/.test(path));
  const licences = new Map(
    datasets.flatMap(({ entry }) =>
      entry?.licenceUrl === undefined ? [] : [[entry.licenceUrl, entry.licence] as const],
    ),
  );
  return {
    "@context": "https://w3id.org/ro/crate/1.2/context",
    "@graph": [
      {
        "@id": CRATE_FILE,
        "@type": "CreativeWork",
        conformsTo: refer("https://w3id.org/ro/crate/1.2"),
        about: refer("./"),
      },
      {
        "@id": "./",
        "@type": "Dataset",
        name: title,
        description,
        datePublished: date,
        license: refer("#licence"),
        hasPart: files.map(({ path }) => refer(path)),
        mentions: [refer("#training"), ...datasets.map((one) => refer(datasetId(one)))],
      },
      {
        "@id": "#licence",
        "@type": "CreativeWork",
        name: "No licence stated",
        description:
          "Whoever made this study says under which licence its numbers may be used. The datasets have their own.",
      },
      {
        "@id": "#training",
        "@type": "CreateAction",
        name: "The study’s runs",
        description: "Every cell trained with every seed, evaluated, and recorded",
        instrument: oneOrAll(labs.map((version) => refer(labId(version)))),
        object: [refer("study.json"), ...datasets.map((one) => refer(datasetId(one)))],
        result: made.map(({ path }) => refer(path)),
      },
      ...labs.map((version) => ({
        "@id": labId(version),
        "@type": "CreativeWork", // an application must have one address, and the lab lives at many
        name: LAB,
        version,
      })),
      ...datasets.map((one) => ({
        "@id": datasetId(one),
        "@type": "Dataset",
        name: one.entry?.title ?? one.manifest?.title ?? one.id,
        description: one.entry?.source ?? one.manifest?.source ?? "A dataset of its owner’s",
        identifier: `sha256:${one.sha256}`,
        ...licenceOf(one),
        ...citationOf(one),
        subjectOf: refer(one.path),
      })),
      ...[...licences].map(([url, name]) => ({ "@id": url, "@type": "CreativeWork", name })),
      ...files.map(({ path, name, description: words, bytes, sha256 }) => ({
        "@id": path,
        "@type": "File",
        name,
        description: words,
        encodingFormat: encodingOf(path),
        contentSize: String(bytes),
        sha256,
      })),
    ],
  };
}

/** As the specification wants lists of one. */
const oneOrAll = <T>(list: readonly T[]) => (list.length === 1 ? list[0] : list);

function licenceOf({ entry, manifest }: DescribedDataset): object {
  if (entry?.licenceUrl !== undefined) return { license: refer(entry.licenceUrl) };
  const licence = entry?.licence ?? manifest?.licence;
  return licence === undefined ? {} : { license: licence };
}

function citationOf({ entry, manifest }: DescribedDataset): object {
  const citation = entry?.citation ?? manifest?.citation;
  return citation === undefined ? {} : { creditText: citation };
}

function encodingOf(path: string): string {
  const endings: Readonly<Record<string, string>> = {
    json: "application/json",
    md: "text/markdown",
    tex: "application/x-tex",
    csv: "text/csv",
    svg: "image/svg+xml",
  };
  return endings[path.slice(path.lastIndexOf(".") + 1)] ?? "text/plain";
}
