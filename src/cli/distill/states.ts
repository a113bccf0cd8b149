// Checkpoints of the stages of one recipe, in a folder of the lab's home. A folder belongs to the recipe written in it.
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DataError } from "../../core/inputError.ts";
import {
  readState,
  readTranslations,
  writeState,
  writeTranslations,
} from "../../training/distill/stateFile.ts";
import type { Translations } from "../../training/distill/translations.ts";
import type { EncoderConfig } from "../../training/model/encoderConfig.ts";
import type { Checkpoint } from "../../training/model/weights.ts";
import { replaceFile } from "../files/replaceFile.ts";
import { folderFiles } from "../nodeModels.ts";

export interface StateFolder {
  load(stage: string, config: EncoderConfig): Promise<Checkpoint | undefined>;
  save(stage: string, checkpoint: Checkpoint): Promise<void>;
  loadTranslations(): Promise<Translations | undefined>;
  saveTranslations(translations: Translations): Promise<void>;
  /** A small text beside the stages; undefined if there is none. */
  loadText(name: string): Promise<string | undefined>;
  saveText(name: string, text: string): Promise<void>;
}

/**
 * @param identity of recipe and data, as text: states of another one are never gone on from
 * @param resume false: whatever stages the folder has are removed
 * @throws DataError when resuming in the folder of another recipe or other data
 */
export async function openStates(dir: string, identity: string, resume: boolean): Promise<StateFolder> {
  const owner = path.join(dir, "recipe.json");
  if (!resume) await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  if (existsSync(owner) && (await readFile(owner, "utf8")) !== identity) {
    throw new DataError(`${dir} holds the stages of another recipe or other data: run without --resume`);
  }
  await writeFile(owner, identity);
  const folder = (stage: string) => path.join(dir, stage);
  const write = async (stage: string, bytes: Uint8Array) => {
    await mkdir(folder(stage), { recursive: true });
    const file = path.join(folder(stage), "model.safetensors");
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
  };
  return {
    load: (stage, config) => readState(folderFiles(folder(stage)), config),
    save: (stage, checkpoint) => write(stage, writeState(checkpoint)),
    loadTranslations: () => readTranslations(folderFiles(folder("translations"))),
    saveTranslations: (translations) => write("translations", writeTranslations(translations)),
    loadText: (name) => readFile(path.join(dir, name), "utf8").catch(() => undefined),
    saveText: (name, text) => replaceFile(path.join(dir, name), text),
  };
}
