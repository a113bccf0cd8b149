// `lab distill`: a recipe to a model folder that `lab eval` and the page open. The work is src/cli/distill's.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { SpecError } from "../../core/inputError.ts";
import type { ModelWeights } from "../../training/model/weights.ts";
import { modelFolder } from "../../training/export/modelFolder.ts";
import { readRecipe } from "../distill/readRecipe.ts";
import { recipeCard } from "../distill/recipeCard.ts";
import { runDistill } from "../distill/runDistill.ts";
import { checkFolderPlace } from "../files/outPlaces.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { modelsFolder } from "../nodeModels.ts";
import { labHome, PROJECT } from "../nodeShards.ts";
import { createProgressLine } from "../progressLine.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const TOKENIZER_FILE = path.join(PROJECT, "public", "models", "tokenizer", "tokenizer.json");

/** How both models are written: halves of 32 bits, token weights folded into the table. */
const FORM = { prefixes: { query: "", passage: "" }, dtype: "F16", unfolded: false } as const;

export const DISTILL_OPTIONS = {
  config: { type: "string" },
  out: { type: "string" },
  data: { type: "string" },
  tokenizer: { type: "string" },
  resume: { type: "boolean" },
  ...QUIET,
} as const;

/**
 * `--data DIR` stands in for LAB_HOME: sets are read from, and checkpoints kept in, that folder. A teacher lies beside its
 * student, as `<folder>-teacher`.
 */
export async function distillCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: DISTILL_OPTIONS, allowPositionals: true });
  if (positionals.length > 0)
    throw new SpecError("distill: takes options only, such as --config distilled-weak");
  const recipe = await readRecipe(values.config ?? "distilled-mini");
  const home = values.data === undefined ? labHome() : path.resolve(values.data);
  const out = path.resolve(values.out ?? path.join(modelsFolder(home), recipe.name));
  const tokenizerJson = await readTokenizer(values.tokenizer ?? TOKENIZER_FILE);
  await checkFolderPlace("--out", out);
  const progress = createProgressLine(process.stderr, values.quiet === true);
  try {
    const made = await runDistill(recipe, { home, resume: values.resume === true, tokenizerJson, progress });
    const write = async (name: string, dir: string, weights: ModelWeights) => {
      const readme = recipeCard(name, recipe, { ...made, weights });
      const files = modelFolder({ ...FORM, weights, tokenizerJson, readme });
      for (const [file, bytes] of files) {
        await replaceFile(path.join(dir, file), bytes);
      }
    };
    await write(recipe.name, out, made.weights);
    if (made.teacher) await write(`${recipe.name}-teacher`, `${out}-teacher`, made.teacher);
    io.out(`model\t${out}`);
    if (made.teacher) io.out(`teacher\t${out}-teacher`);
  } finally {
    progress.end();
  }
  return 0;
}

function readTokenizer(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new SpecError(`distill: --tokenizer ${file} cannot be read; it must be a tokenizer.json`);
  });
}
