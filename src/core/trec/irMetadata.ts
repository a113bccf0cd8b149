// The head of a run file after ir_metadata (https://www.ir-metadata.org): YAML in "#" comments, by the six parts of PRIMAD, as
// repro_eval reads it. trec_eval, ir_measures and ranx take no comments: whoever wants them leaves the head out.
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { encodeLink } from "../spec/link.ts";
import { DEFAULT_PRESET } from "../spec/presets.ts";
import { evalTarget, partName } from "../spec/resolve.ts";

export const META_START = "# ir_metadata.start";
export const META_END = "# ir_metadata.end";

/** Which file it heads: questions of a language in the pool of that language, or in that of all. */
export interface RankedPool {
  readonly kind: "mono" | "multi";
  readonly language: string;
}

interface Tree {
  readonly [key: string]: string | number | readonly (string | Tree)[] | Tree | undefined;
}

/** The last column of a run's files. */
export const trecTag = ({ digest }: Pick<RunRecord, "digest">): string => `lab-${digest.slice(0, 8)}`;

/** What is not known, such as who ran it, is said to be so: repro_eval asks for every part. */
export function irMetadata(record: RunRecord, { kind, language }: RankedPool): string {
  const { environment, spec, digest } = record;
  const { backend, adapter, versions, arithmetic, dataSha256, encoderSha256 } = environment;
  const { datasetId } = evalTarget(spec);
  const tree: Tree = {
    tag: trecTag(record),
    actor: { name: "not stated", team: "not stated" },
    platform: { hardware: { backend, adapter }, software: { libraries: { ...versions } } },
    implementation: {
      source: { name: "Hybrid Batch Lab", version: versions["lab"], lang: ["typescript"], arithmetic },
      executable: { link: encodeLink(spec, DEFAULT_PRESET), digest },
    },
    "research goal": { evaluation: { "reported measures": Object.keys(record.final.values) } },
    method: {
      automatic: "true",
      "score ties": "by passage id, descending",
      indexing: { encoder: spec.encoder.id, start: `sha256:${encoderSha256}` },
      retrieval: [
        {
          name: "dense",
          method: "inner product of unit vectors, exact over the pool",
          steps: stepsDone(record),
          seed: spec.seed,
        },
      ],
    },
    data: {
      "test collection": {
        name: datasetId,
        source: `sha256:${dataSha256[datasetId] ?? "not stated"}`,
        topics: `${partName(spec)}, questions in ${language}`,
        qrels: `${kind}.${language}.qrels, passages in ${kind === "mono" ? language : "all languages"}`,
      },
      "training data": Object.entries(dataSha256).map(([name, hash]) => ({ name, source: `sha256:${hash}` })),
    },
  };
  return [META_START, ...lines(tree, 0).map((line) => `# ${line}`), META_END, ""].join("\n");
}

/** YAML of mappings and lists; every text as JSON writes it, which YAML reads. */
function lines(tree: Tree, depth: number): string[] {
  const indent = "  ".repeat(depth);
  return Object.entries(tree).flatMap(([key, value]): string[] => {
    const name = `${indent}${/^[a-z ]+$/i.test(key) ? key : JSON.stringify(key)}:`;
    if (value === undefined) return [];
    if (typeof value !== "object") return [`${name} ${JSON.stringify(value)}`];
    if (!isList(value)) return [name, ...lines(value, depth + 1)];
    return [
      name,
      ...value.flatMap((item) => {
        if (typeof item === "string") return [`${indent}- ${JSON.stringify(item)}`];
        const [first = "", ...rest] = lines(item, depth + 1);
        return [`${indent}- ${first.trimStart()}`, ...rest];
      }),
    ];
  });
}

const isList = (value: readonly (string | Tree)[] | Tree): value is readonly (string | Tree)[] =>
  Array.isArray(value);

/** The text with an empty line for each of the head's, so that places in it stay; other comments are none of a run's. */
export function withoutMetadata(text: string): string {
  const first = text.startsWith("\ufeff") ? 1 : 0;
  if (!text.startsWith(META_START, first)) return text;
  const end = /^# ir_metadata\.end[ \t]*\r?$/m.exec(text);
  if (!end) return text;
  const head = text.slice(0, end.index + end[0].length);
  return "\n".repeat(head.split("\n").length - 1) + text.slice(head.length);
}
