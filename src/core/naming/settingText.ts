// A setting of a run in a few words that stand alone in its name: "48 languages", "seed 2". The form's words are in fields.ts.
import { counted } from "../counted.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import { formatValue } from "../spec/fieldText.ts";
import { fieldAt, SPEC_PATHS } from "../spec/fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";
import { evalLanguages, trainLanguages } from "../spec/resolve.ts";
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
  const text = formatValue(path, value);
  const words = WORDS[path];
  if (words) return words(text, spec);
  const field = fieldAt(path);
  const label = field.label.toLowerCase();
  if (field.type === "boolean") return `${value === true ? "with" : "without"} ${label}`;
  if (field.type !== "choice") return `${label} ${text}`;
  return `${label}: ${field.options.find((option) => option.value === value)?.label ?? text}`;
}

/** What a run has at a path, to stand under the field's label: "48 languages", "0.01", "yes". */
export function settingCell(path: SpecPath, spec: ExperimentSpec): string {
  const value = readPath(spec, path);
  const field = fieldAt(path);
  if (path === "languages.train") return listText(trainLanguages(spec));
  if (field.type === "languageList") return listText(value as readonly string[]);
  if (field.type === "boolean") return value === true ? "yes" : "no";
  if (field.type === "choice")
    return field.options.find((option) => option.value === value)?.label ?? formatValue(path, value);
  return formatValue(path, value);
}

const found = new WeakMap<ExperimentSpec, string>();

/** Everything about a spec that a person might look for, in small letters: labels, values and words of every field. Made once. */
export function searchText(spec: ExperimentSpec): string {
  const known = found.get(spec);
  if (known !== undefined) return known;
  const settings = SPEC_PATHS.map(
    (path) => `${fieldAt(path).label} ${formatValue(path, readPath(spec, path))} ${settingText(path, spec)}`,
  );
  const languages = [...trainLanguages(spec), ...evalLanguages(spec)].map((lang) => languageInfo(lang).name);
  const text = [mixText(spec), ...settings, ...languages].join("\n").toLowerCase();
  found.set(spec, text);
  return text;
}
