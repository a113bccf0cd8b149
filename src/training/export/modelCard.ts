// README.md of a model that a run trained: how to use it, the mix that made it, its numbers. Pure text; writes nothing.
import { counted } from "../../core/counted.ts";
import { MODEL_DTYPES } from "../../core/export/modelDtypes.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { cutMetric } from "../../core/metrics/cuts.ts";
import { shownIn } from "../../core/metrics/metricTable.ts";
import { briefText } from "../../core/metrics/metricText.ts";
import { percents } from "../../core/percent.ts";
import { ratioAt } from "../../core/plan/ratioAt.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { formatValue } from "../../core/spec/fieldText.ts";
import { BRANCH_FIELDS, courseOf } from "../../core/spec/lineage.ts";
import { trainLanguages } from "../../core/spec/resolve.ts";
import { usedKinds } from "../../core/spec/ruleFacts.ts";
import { readPath } from "../../core/spec/spec.ts";
import { equalAt } from "../../core/spec/specChecks.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { usageText, type UsageFacts } from "./usageText.ts";

/** A dataset as its licence wants it named. */
export interface NamedDataset {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly source: string;
}

export interface CardFacts extends UsageFacts {
  readonly name: string; // of the run, by its owner
  readonly record: RunRecord;
  readonly datasets: readonly NamedDataset[];
  readonly link: string; // of the run, with or without the page's address
}

/** Markdown with the header that the Hugging Face hub reads. What a person typed is escaped. */
export function modelCard(facts: CardFacts): string {
  return [
    header(facts),
    title(facts),
    usageText(facts),
    ...parents(facts),
    mix(facts),
    results(facts),
    data(facts),
    again(facts),
  ].join("\n\n");
}

/** Cells and titles stay on their line; Markdown and HTML in them stay text. */
const plain = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#]/g, (sign) => `\\${sign}`);

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (typeof rows[0]?.[i] === "number" ? "---:" : "---"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const kinds = new Set<string>(BATCH_KINDS);

/** Languages by texts trained on, most first. */
function languagesOf({ realised }: RunRecord): [lang: string, texts: number][] {
  return Object.entries(realised)
    .filter(([key]) => !kinds.has(key))
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function header({ record, dtype }: CardFacts): string {
  // Script and region subtags are not the hub's: "zh-Hant" is listed as "zh".
  const parents = courseOf(record.spec, record.parent).slice(0, -1);
  const trained = [
    ...languagesOf(record).map(([lang]) => lang),
    ...parents.flatMap(({ spec }) => trainLanguages(spec)),
  ];
  const codes = [...new Set(trained.map((lang) => lang.split("-")[0]!))].sort();
  const library = MODEL_DTYPES[dtype].python ? ["sentence-transformers"] : [];
  const tags = [...library, "sentence-similarity", "feature-extraction", "multilingual"];
  const list = (key: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`${key}:`, ...values.map((value) => `- "${value}"`)]; // "no" is not false
  return [
    "---",
    ...library.map((name) => `library_name: ${name}`),
    "pipeline_tag: sentence-similarity",
    ...list("language", codes),
    ...list("tags", tags),
    "---",
  ].join("\n");
}

function title({ name, record }: CardFacts): string {
  const { encoder } = record.spec;
  return `# ${plain(name)}

Trained with Hybrid Batch Lab ${plain(record.environment.versions["lab"] ?? "")} from the encoder \`${encoder.id.replaceAll("`", "")}\`. It turns a text into a vector; the cosine of two vectors says how well a passage answers a query, in one language or between languages.`;
}

/** Of a branch: what trained it before the mix below did. */
function parents({ record: { spec, parent } }: CardFacts): string[] {
  if (!parent) return [];
  const course = courseOf(spec, parent);
  const rows = course.slice(0, -1).map((stretch, i) => [
    `${stretch.from + 1} to ${course[i + 1]!.from}`,
    BRANCH_FIELDS.filter((path) => !equalAt(path, stretch.spec, spec))
      .map((path) => `\`${path}\` ${plain(formatValue(path, readPath(stretch.spec, path)))}`)
      .join(", "),
  ]);
  const lead = `The model is a branch: its first ${counted(parent.step, "step")} ${parent.step === 1 ? "was" : "were"} trained otherwise. The mix and the results below are of the steps after them, on the same weights.`;
  return [
    `## Before the branch\n\n${lead}\n\n${table(["steps", "what differed from the settings below"], rows)}`,
  ];
}

function mix({ record: { spec, realised } }: CardFacts): string {
  const { batch, loss, optimizer } = spec;
  const moving = batch.schedule !== "constant";
  const kinds = usedKinds(spec);
  const [first, last] = [0, spec.steps - 1].map((step) => {
    const ratio = ratioAt(spec, step);
    return percents(kinds.map((kind) => ratio[kind]));
  });
  const rows = kinds.map((kind, i) => [
    kind,
    first![i]!,
    ...(moving ? [last![i]!] : []),
    Math.round((realised[kind] ?? 0) * 100) / 100,
    loss.weights[kind],
  ]);
  const languages = languagesOf({ realised } as RunRecord).map(([lang, texts]) => [
    `${plain(languageInfo(lang).name)} (${plain(lang)})`,
    texts,
  ]);
  const heldOut = spec.languages.heldOut.map(plain).join(", ");
  return `## The mix

${table(["kind of batch", moving ? "share at first" : "share asked", ...(moving ? ["share at last"] : []), "batches", "loss weight"], rows)}

${table(["language", "texts trained on"], languages)}

${table(
  ["setting", "value"],
  [
    ["steps", BATCH_KINDS.reduce((sum, kind) => sum + Math.round((realised[kind] ?? 0) * 100), 0) / 100],
    ["rows in a batch", batch.size],
    ["seed", spec.seed],
    ["temperature", loss.temperature],
    ["learning rate", optimizer.learningRate],
    ["longest text (pieces)", spec.encoder.maxTokens],
    ...(heldOut === "" ? [] : [["held-out languages", heldOut]]),
  ],
)}`;
}

function results({ record }: CardFacts): string {
  const { final, points, spec, environment, parent } = record;
  const first = parent?.step ?? 0;
  const before = (metric: string) =>
    points.find((point) => point.step === first && point.metric === metric && point.lang === undefined)
      ?.value;
  const rows = [...shownIn("list"), ...spec.evaluate.cuts.flatMap((path) => cutMetric(path) ?? [])].map(
    (metric) => [
      metric.spelled ?? metric.label,
      briefText(metric, before(metric.path)),
      briefText(metric, final.values[metric.path]),
    ],
  );
  const { queries, pool, skippedQueries } = final;
  return `## Results

${table(["measure", parent ? `at step ${first}` : "before training", "after"], rows)}

${counted(queries, "query", "queries")} (${skippedQueries} without an answer left out), ${counted(pool, "passage")}, one seed (${spec.seed}): no interval. Measured on ${plain(environment.backend)}, ${plain(environment.adapter)}. Record digest \`${record.digest}\`.`;
}

function data({ datasets, record }: CardFacts): string {
  const rows = datasets.map(({ id, title, licence, citation, source }) => [
    plain(id),
    plain(title),
    plain(licence),
    plain(source),
    plain(citation),
  ]);
  const hashes = Object.entries(record.environment.dataSha256).map(
    ([id, sha]) => `- ${plain(id)}: \`${sha}\``,
  );
  return `## Data

${table(["dataset", "title", "licence", "source", "citation"], rows)}

SHA-256 of each dataset's manifest:

${hashes.join("\n")}

The licences of the data and of the starting encoder decide what may be done with this model.`;
}

function again({ link }: CardFacts): string {
  return `## Reproduce

\`\`\`
npm run lab -- replay "${link.replace(/[`"\\$\s]/g, "")}"
\`\`\`

or open the link in the lab.
`;
}
