// The WGSL of every kernel there is, found in the folders that hold kernels, so that none is forgotten. Compiles nothing.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { wgslParts, type KernelSpec } from "../../training/engine/kernel.ts";
import { wgslModule } from "../../training/engine/wgslModule.ts";
import { attentionKernels } from "../../training/kernels/attention.ts";

type AnyKernel = KernelSpec<Record<string, never>, Record<string, never>>;

/** Of heads: every remainder by four that a row of vectors can leave, and the usual ones. */
const HEAD_WIDTHS = [1, 6, 7, 8, 32, 64];

const FOLDER = join(import.meta.dirname, "../../training");

/** @returns WGSL by the kernel's name */
export async function allShaders(): Promise<Record<string, string>> {
  const files = readdirSync(join(FOLDER, "kernels"))
    .filter((file) => /^\w+\.ts$/.test(file))
    .map((file) => join(FOLDER, "kernels", file));
  const modules: unknown[] = [];
  for (const file of [...files, join(FOLDER, "engine/productKernels.ts")])
    modules.push(await import(pathToFileURL(file).href));
  const kernels = [...modules, HEAD_WIDTHS.map(attentionKernels)].flatMap((value) => kernelsIn(value));
  return Object.fromEntries(kernels.map((kernel) => [kernel.name, wgslModule(wgslParts(kernel))]));
}

/** Kernels among the values of a module, and among those of its tables. */
function kernelsIn(value: unknown): AnyKernel[] {
  if (typeof value !== "object" || value === null) return [];
  if ("wgsl" in value && "onArrays" in value) return [value as AnyKernel];
  return Object.values(value).flatMap(kernelsIn);
}
