// The small files that say how a checkpoint's texts are written, cut and compared. Decides which of them count: without
// modules.json sentence-transformers reads none of them.
import type { ModulePaths } from "../../core/encoders/moduleList.ts";
import {
  checkComparison,
  parsePrompts,
  parseTransformerSettings,
  type Prompts,
} from "../../core/encoders/textSettings.ts";
import { formerLongest, formerPrompts } from "./formerReading.ts";
import type { SmallFiles } from "./smallFiles.ts";

export interface TextFiles {
  readonly prompts: Prompts | null;
  readonly longest: number | undefined; // tokens; undefined where the tokenizer's files say
  readonly lowerCase: boolean;
  readonly tokenizer: Readonly<Record<string, unknown>>; // over tokenizer_config.json
  readonly notes: readonly string[];
  readonly formerPrompts: Prompts | null; // as labs up to 0.2 read them
  readonly formerLongest: number;
}

/**
 * @param modules undefined for a folder without modules.json
 * @param config config.json, where there is one
 * @throws DataError naming the field that the lab does not do
 */
export async function readTextFiles(
  modules: ModulePaths | undefined,
  config: unknown,
  { optional, aside, at }: SmallFiles,
): Promise<TextFiles> {
  const names = [
    "config_sentence_transformers.json",
    `${modules?.base.path ?? ""}sentence_bert_config.json`,
  ] as const;
  const [prompts, transformer] = [await optional(names[0]), await optional(names[1])];
  const notes: string[] = [];
  const texts = {
    prompts: null,
    longest: undefined,
    lowerCase: false,
    tokenizer: {},
    notes,
    formerPrompts: formerPrompts(prompts),
    formerLongest: formerLongest(transformer),
  };
  if (!modules) {
    [prompts, transformer].forEach((value, i) => {
      if (value !== undefined)
        notes.push(`${at(names[i]!)} is not used: sentence-transformers reads it only beside modules.json`);
    });
    return texts;
  }
  const stated = parsePrompts(prompts ?? {}, at(names[0]));
  notes.push(...stated.notes);
  checkComparison(prompts ?? {}, modules.normalize !== undefined, at(names[0]));
  if (modules.base.kind === "bag") return { ...texts, prompts: stated.prompts };
  // Older versions called the file after the model's kind.
  const { model_type: kind } = config as { model_type: string };
  const name = transformer === undefined ? names[1].replace("_bert_", `_${kind}_`) : names[1];
  const value = name === names[1] ? transformer : await aside(name);
  return { ...texts, prompts: stated.prompts, ...parseTransformerSettings(value ?? {}, at(name)) };
}
