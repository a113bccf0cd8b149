// The settings of the modules behind the first: how vectors of pieces become that of a text. Reads no weights beyond headers.
import type { Architecture } from "../../core/encoders/architecture.ts";
import {
  checkVectorModule,
  parseDense,
  parsePooling,
  type DenseShape,
  type ModulePaths,
  type Pooling,
} from "../../core/encoders/moduleList.ts";
import { DataError } from "../../core/inputError.ts";
import type { CheckpointFiles } from "./checkpointFiles.ts";
import type { SmallFiles } from "./smallFiles.ts";
import { readWeightHeaders, type WeightFile } from "./weightFiles.ts";
import { readWordWeights, type WordWeights } from "./wordWeights.ts";

export interface ModuleSettings {
  readonly pooling: Pooling | null; // null where the folder says nothing
  readonly dense: (DenseShape & { readonly weights: readonly WeightFile[] }) | null;
  readonly words: WordWeights | null;
}

/** @throws DataError naming the module's file and what the lab cannot compute */
export async function readModules(
  files: CheckpointFiles,
  modules: ModulePaths,
  architecture: Architecture,
  { optional, aside, required, at }: SmallFiles,
): Promise<ModuleSettings> {
  let pooling: Pooling | null = modules.base.kind === "bag" ? "mean" : null;
  if (modules.pooling !== undefined) {
    const name = `${modules.pooling}config.json`;
    pooling = parsePooling(await required(name), modules.dense !== undefined, at(name));
  }
  let dense: ModuleSettings["dense"] = null;
  if (modules.dense !== undefined) {
    const name = `${modules.dense}config.json`;
    const width = architecture.kind === "transformer" ? architecture.width : 0;
    dense = {
      ...parseDense(await required(name), width, at(name)),
      weights: await readWeightHeaders(files, modules.dense),
    };
  }
  const words =
    modules.wordWeights === undefined ? null : await readWordWeights(modules.wordWeights, optional, at);
  if (words && (dense || pooling !== "mean")) {
    throw new DataError(
      `${at("modules.json")}: WordWeights is computed before mean pooling without Dense only`,
    );
  }
  if (modules.normalize !== undefined) {
    const name = `${modules.normalize}config.json`;
    checkVectorModule((await aside(name)) ?? {}, at(name));
  }
  return { pooling, dense, words };
}
