// A sentence that names fields by their paths, as the command line and files have them, in the form's words.
import { fieldAt, specPath, SPEC_PATHS } from "./fields.ts";
import type { SpecPath } from "./spec.ts";

/** Longest first: "batch.ratioEnd" begins with "batch.ratio". Words such as "steps" are a path only where a sentence begins with them. */
const PATHS = [...SPEC_PATHS].sort((a, b) => b.length - a.length);
const isPlainWord = (path: SpecPath) => /^[a-z]+$/.test(path);
const pattern = (paths: readonly SpecPath[]) => paths.map((path) => path.replace(".", "\\.")).join("|");
const AT_START = new RegExp(`^(${pattern(PATHS)})(?=:| must)`);
const WITHIN = new RegExp(
  `(?<![\\w.-])(${pattern(PATHS.filter((path) => !isPlainWord(path)))})(?![\\w-]|\\.\\w)`,
  "g",
);

/** "batch.size must be …" -> "Batch size must be …"; "… or raise languages.perBatch" -> "… or raise “Languages per batch”" */
export function formWords(sentence: string): string {
  const label = (path: string) => fieldAt(path as SpecPath).label;
  return named(sentence)
    .replace(AT_START, label)
    .replace(WITHIN, (path) => `“${label(path)}”`);
}

/** "batch.schedule: exp3 moves …" -> "batch.schedule: “bandit (Exp3)” moves …": what is chosen there, as the form calls it. */
function named(sentence: string): string {
  const [start = "", path = "", value = ""] = /^([\w.]+): (\w+)(?= )/.exec(sentence) ?? [];
  const field = specPath(path) && fieldAt(path as SpecPath);
  const chosen =
    field?.type === "choice" ? field.options.find((option) => option.value === value) : undefined;
  return chosen ? `${path}: “${chosen.label}”${sentence.slice(start.length)}` : sentence;
}
