// A setting of a run in words: alone in its name ("48 languages", "seed 2"), short or whole under its label. The form's words are in fields.ts.
import { counted } from "../counted.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import { formatValue } from "../spec/fieldText.ts";
import { percents } from "../percent.ts";
import { fieldAt, SPEC_PATHS } from "../spec/fields.ts";
import { readPath, type ExperimentSpec, type SpecPath, type SpecValue } from "../spec/spec.ts";
import { evalLanguages, trainLanguages } from "../spec/resolve.ts";
import { saidLines } from "./runSearch.ts";
import { mixText } from "./mixText.ts";

type Words = (text: string, spec: ExperimentSpec) => string; // of the value as in links

const WORDS: Readonly<Partial<Record<SpecPath, Words>>> = {
  "data.train": (id) => `on ${id}`,
  "data.eval": (id) => (id === "same" ? "tested on its own data" : `tested on ${id}`),
  "data.split": (_, { data: { split } }) => SPLITS[split],
  "languages.train": (_, spec) => listText(trainLanguages(spec), "in "),
  "languages.heldOut": (_, { languages: { heldOut } }) => `held out ${listText(heldOut)}`,
  "languages.eval": (_, { languages: { eval: list } }) =>
    list.length === 0 ? "tested in all" : `tested in ${listText(list)}`,
  "batch.size": (size) => `batch ${size}`,
  "loss.distillation": (how) => (how === "off" ? "no teacher" : `teacher by ${how}`),
  "loss.teacher": (id) => `taught by ${id}`,
  "encoder.id": (id) => `from ${id}`,
  "encoder.layers": (_, { encoder: { layers } }) => counted(layers, "layer"),
  "encoder.width": (width) => `width ${width}`,
  "optimizer.learningRate": (rate) => `rate ${rate}`,
  steps: (_, { steps }) => counted(steps, "step"),
  seed: (seed) => `seed ${seed}`,
  "compute.backend": (backend) => (backend === "auto" ? "on any device" : `on ${backend}`),
};
const SPLITS = {
  devConcepts: "dev part",
  heldOut: "test part",
  dev: "known concepts",
  all: "all of it",
} as const;

const FEW = 3;

/** "de, en", "48 languages", "none" @param few before what is spelled out */
function listText(list: readonly string[], few = ""): string {
  if (list.length === 0) return "none";
  return list.length <= FEW ? few + list.join(", ") : counted(list.length, "language");
}

/** What a run has at a path, in words. */
export function settingText(path: SpecPath, spec: ExperimentSpec): string {
  const value = readPath(spec, path);
  const words = WORDS[path];
  if (words) return words(formatValue(path, value), spec);
  const { type, label } = fieldAt(path);
  const name = label.toLowerCase();
  if (type === "boolean") return `${value === true ? "with" : "without"} ${name}`;
  return `${name}${type === "choice" ? ":" : ""} ${plainText(path, value)}`;
}

/** The label of a choice, "yes" or "no" of a switch; all else as in links. */
function plainText(path: SpecPath, value: SpecValue): string {
  const field = fieldAt(path);
  if (field.type === "boolean") return value === true ? "yes" : "no";
  const option = field.type === "choice" ? field.options.find((one) => one.value === value) : undefined;
  return option?.label ?? formatValue(path, value);
}

/** What a run has at a path, to stand under the field's label: "48 languages", "0.01", "yes". */
export function settingCell(path: SpecPath, spec: ExperimentSpec): string {
  const value = readPath(spec, path);
  if (path === "languages.train") return listText(trainLanguages(spec));
  if (fieldAt(path).type === "languageList") return listText(value as readonly string[]);
  return plainText(path, value);
}

/** A value whole, to be read or searched under its label: "mono 70 %, cross 30 %", "yes", "en, ar 2, zh"; "none" for an empty list. */
export function wholeText(path: SpecPath, value: SpecValue): string {
  const { type } = fieldAt(path);
  if (type === "choice" || type === "boolean") return plainText(path, value);
  if (type === "ratio") return shareText(value as Readonly<Record<string, number>>);
  return plainText(path, value).replaceAll(",", ", ").replaceAll(":", " ");
}

function shareText(shares: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(shares).filter(([, share]) => share > 0);
  const sum = kinds.reduce((total, [, share]) => total + share, 0);
  const told = percents(kinds.map(([, share]) => share / sum));
  return kinds.map(([kind], i) => `${kind} ${told[i]!}`).join(", ");
}

const found = new WeakMap<ExperimentSpec, readonly string[]>();

/** Everything about a spec that a person might look for, as runSearch.ts has it: labels, values and words of every field. Made once. */
export function searchLines(spec: ExperimentSpec): readonly string[] {
  const known = found.get(spec);
  if (known !== undefined) return known;
  const settings = SPEC_PATHS.map(
    (path) => `${fieldAt(path).label} ${formatValue(path, readPath(spec, path))} ${settingText(path, spec)}`,
  );
  const languages = [...trainLanguages(spec), ...evalLanguages(spec)].map((lang) => languageInfo(lang).name);
  const lines = saidLines([mixText(spec), ...settings, ...languages].join("\n"));
  found.set(spec, lines);
  return lines;
}
