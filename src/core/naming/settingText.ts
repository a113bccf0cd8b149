// A setting of a run in a few words that stand alone in its name: "48 languages", "seed 2". The form's words are in fields.ts.
import { counted } from "../counted.ts";
import { formatValue } from "../spec/fieldText.ts";
import { fieldAt } from "../spec/fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../spec/spec.ts";
import { trainLanguages } from "../spec/resolve.ts";

type Words = (text: string, spec: ExperimentSpec) => string; // of the value as in links

const WORDS: Readonly<Partial<Record<SpecPath, Words>>> = {
  "data.train": (id) => `on ${id}`,
  "data.eval": (id) => (id === "same" ? "tested on its own data" : `tested on ${id}`),
  "data.split": (_, { data: { split } }) => `tested on ${SPLITS[split]}`,
  "languages.train": (_, spec) => listText(trainLanguages(spec)),
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
const SPLITS = { heldOut: "test", dev: "dev", all: "everything" } as const;

const FEW = 3;

/** "de, en", "48 languages", "none" */
function listText(list: readonly string[]): string {
  if (list.length === 0) return "none";
  return list.length <= FEW ? list.join(", ") : counted(list.length, "language");
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

const found = new WeakMap<ExperimentSpec, string>();

/** Everything about a spec that a person might look for, in small letters: labels, values, keys of every field. Made once. */
export function searchText(spec: ExperimentSpec, paths: readonly SpecPath[]): string {
  const known = found.get(spec);
  if (known !== undefined) return known;
  const text = paths
    .map(
      (path) =>
        `${fieldAt(path).label} ${formatValue(path, readPath(spec, path))} ${settingText(path, spec)}`,
    )
    .join("\n")
    .toLowerCase();
  found.set(spec, text);
  return text;
}
