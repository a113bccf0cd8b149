// `lab distill`: a recipe to a model folder that `lab eval` and the page open. The work is src/cli/distill's.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { givenText } from "../../core/formats/givenText.ts";
import { SpecError } from "../../core/inputError.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import type { ModelWeights } from "../../training/model/weights.ts";
import { modelFolder, type ModelFolder } from "../../training/export/modelFolder.ts";
import { readRecipe } from "../distill/readRecipe.ts";
import { recipeCard } from "../distill/recipeCard.ts";
import { planVectors } from "../distill/planVectors.ts";
import { runDistill } from "../distill/runDistill.ts";
import { prepareBag, runBag, statesPlace } from "../distill/runVectors.ts";
import { readTrainedLayers } from "../distill/trainedLayers.ts";
import { vectorCard, type CardFacts } from "../distill/vectorCard.ts";
import { checkLists, missingLists, vectorsPlace, writeLists } from "../distill/vectorFolder.ts";
import { dumpSteps, writePrepared } from "../distill/writeForPython.ts";
import { openVectorTeacher } from "../distill/vectorTeacher.ts";
import { checkFolderPlace } from "../files/outPlaces.ts";
import { readGiven } from "../files/readGiven.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { modelsFolder } from "../nodeModels.ts";
import { labHome, PROJECT } from "../nodeShards.ts";
import { createProgressLine, type ProgressLine } from "../progressLine.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";

const TOKENIZER_FILE = path.join(PROJECT, "public", "models", "tokenizer", "tokenizer.json");
const DEFAULT_RECIPE = "distilled-bag-37k";

/** How models without a published teacher are written: halves of 32 bits, token weights folded into the table. */
const FORM = { prefixes: { query: "", passage: "" }, dtype: "F16", unfolded: false } as const;

/** And those with one: a whole number of 8 bits for each number, and a scale for each piece. */
const NARROW_FORM = { ...FORM, dtype: "I8" } as const;

export const DISTILL_OPTIONS = {
  config: { type: "string" },
  teacher: { type: "string" },
  out: { type: "string" },
  data: { type: "string" },
  tokenizer: { type: "string" },
  resume: { type: "boolean" },
  "list-texts": { type: "string" },
  prepare: { type: "string" },
  dump: { type: "string" },
  layers: { type: "string" },
  ...QUIET,
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof DISTILL_OPTIONS }>>["values"];

/** `--data DIR` stands in for LAB_HOME: sets and vectors are read from, and checkpoints kept in, that folder. */
export async function distillCommand(args: string[], io: CommandIo): Promise<0> {
  const { values, positionals } = parseArgs({ args, options: DISTILL_OPTIONS, allowPositionals: true });
  if (positionals.length > 0)
    throw new SpecError("distill: takes options only, such as --config distilled-weak");
  const recipe = await readRecipe(values.config ?? DEFAULT_RECIPE);
  const home = values.data === undefined ? labHome() : path.resolve(values.data);
  const progress = createProgressLine(process.stderr, values.quiet === true);
  try {
    await ("kind" in recipe
      ? fromVectors(recipe, home, values, progress, io)
      : fromCounts(recipe, home, values, progress, io));
  } finally {
    progress.end();
  }
  return 0;
}

/** Which options mean nothing to the other kind of recipe. */
const ONLY_VECTORS = ["teacher", "list-texts", "prepare", "dump", "layers"] as const;

/** A teacher lies beside its student, as `<folder>-teacher`. */
async function fromCounts(
  recipe: Recipe,
  home: string,
  values: Values,
  progress: ProgressLine,
  io: CommandIo,
): Promise<void> {
  const stray = ONLY_VECTORS.find((option) => values[option] !== undefined);
  if (stray)
    throw new SpecError(
      `distill: --${stray} is for recipes with a published teacher; ${recipe.name} has none`,
    );
  const out = path.resolve(values.out ?? path.join(modelsFolder(home), recipe.name));
  const tokenizerJson = await readTokenizer(values.tokenizer ?? TOKENIZER_FILE);
  await checkFolderPlace("--out", out);
  const made = await runDistill(recipe, { home, resume: values.resume === true, tokenizerJson, progress });
  const write = (name: string, dir: string, weights: ModelWeights) => {
    const readme = recipeCard(name, recipe, { ...made, weights });
    return writeFolder(dir, modelFolder({ ...FORM, weights, tokenizerJson, readme }));
  };
  await write(recipe.name, out, made.weights);
  if (made.teacher) await write(`${recipe.name}-teacher`, `${out}-teacher`, made.teacher);
  io.out(`model\t${out}`);
  if (made.teacher) io.out(`teacher\t${out}-teacher`);
}

async function fromVectors(
  recipe: VectorRecipe,
  home: string,
  values: Values,
  progress: ProgressLine,
  io: CommandIo,
): Promise<void> {
  if (values.tokenizer !== undefined) {
    throw new SpecError(`distill: --tokenizer is not for ${recipe.name}, whose pieces are its teacher's`);
  }
  const { "list-texts": lists, prepare, dump } = values;
  const out = path.resolve(values.out ?? path.join(modelsFolder(home), recipe.name));
  const forPython = lists !== undefined || prepare !== undefined;
  if (!forPython) await checkFolderPlace("--out", out);
  if (lists !== undefined) await checkFolderPlace("--list-texts", path.resolve(lists));
  if (prepare !== undefined) await checkFolderPlace("--prepare", path.resolve(prepare));
  if (!forPython) checkLayersOption(recipe, values);
  const kept = path.join(modelsFolder(home), recipe.teacher.local);
  if (values.teacher === undefined && !existsSync(kept)) {
    throw new SpecError(
      `distill: ${recipe.name} learns from ${recipe.teacher.name}: name its folder with --teacher DIR, or add it: npm run lab -- model add ${recipe.teacher.local} --from DIR`,
    );
  }
  const from = values.teacher ?? kept;
  const teacher = await openVectorTeacher(from, recipe.maxTokens);
  const plan = await planVectors(recipe, teacher, home, (line) => progress.say(line));
  const dir = vectorsPlace(home, teacher);
  if (lists !== undefined) {
    const missing = missingLists(dir, plan.toEncode);
    await writeLists(path.resolve(lists), missing, recipe.maxTokens);
    io.out(`lists\t${missing.length} of ${plan.toEncode.length} have no vectors yet`);
    io.out(`next\tpython scripts/teacher/vectors.py ${from} ${lists} ${dir}`);
  }
  if (prepare !== undefined) {
    await writePrepared(path.resolve(prepare), recipe, plan);
    io.out(`prepared\t${path.resolve(prepare)}`);
  }
  if (forPython) return;
  const { bag } = recipe;
  const facts = { manifests: plan.manifests, teacherSha256: teacher.sha256 };
  let made: Pick<CardFacts, "weights" | "log" | "madeBy">;
  if (bag) {
    await checkLists(dir, plan.toEncode, teacher.width);
    const work = await prepareBag({ ...recipe, bag }, teacher, plan, home, progress);
    if (dump !== undefined) {
      await dumpSteps(path.resolve(dump), work);
      io.out(`steps\t${path.resolve(dump)}`);
      return;
    }
    made = {
      ...(await runBag(work, statesPlace(home, recipe), values.resume === true, progress)),
      madeBy: work.madeBy,
    };
  } else made = await readTrainedLayers(values.layers!, recipe, plan);
  const readme = vectorCard(recipe, { ...facts, ...made });
  const { tokenizerJson } = plan;
  const files = modelFolder({ ...NARROW_FORM, weights: made.weights, tokenizerJson, readme });
  await writeFolder(out, files);
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  io.out(`model\t${out}\t${(bytes / 1e6).toFixed(2)} MB`);
}

/** Layers come from --layers, and a bag from the lab alone. @throws SpecError */
function checkLayersOption(recipe: VectorRecipe, { layers, dump }: Values): void {
  if (recipe.bag) {
    if (layers !== undefined)
      throw new SpecError(`distill: ${recipe.name} is a bag, which the lab trains: leave out --layers`);
    return;
  }
  if (dump !== undefined) throw new SpecError(`distill: ${recipe.name} has layers: --dump is for bags`);
  if (layers === undefined)
    throw new SpecError(
      `distill: ${recipe.name} has layers: train them with scripts/teacher/layers.py from what --prepare DIR writes, then name its folder with --layers DIR`,
    );
}

async function writeFolder(dir: string, files: ModelFolder): Promise<void> {
  for (const [file, bytes] of files) await replaceFile(path.join(dir, file), bytes);
}

async function readTokenizer(file: string): Promise<string> {
  return givenText(await readGiven(file, "a tokenizer.json"), file);
}
