// `lab export --to project`: a run as a Python project for a cluster, in a new folder. Trains nothing.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SpecError } from "../../core/inputError.ts";
import { DEFAULT_PRESET } from "../../core/spec/presets.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { exportProject } from "../../training/export/exportProject.ts";
import { checkFree, writeFolder } from "../files/newFolder.ts";
import { createNodePorts } from "../nodePorts.ts";
import { createProgressLine } from "../progressLine.ts";
import { applySettings, readSpec } from "../specSource.ts";
import type { CommandIo } from "./commandIo.ts";

interface Asked {
  readonly set?: string[] | undefined;
  readonly dtype?: string | undefined;
  readonly backend?: string | undefined;
  readonly plan?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

const PYTHON = fileURLToPath(new URL("../../core/project/", import.meta.url));

export async function projectCommand(
  name: string,
  out: string,
  { set = [], dtype, backend, plan = false, quiet = false }: Asked,
  io: CommandIo,
): Promise<0> {
  const foreign = dtype !== undefined ? "--dtype" : backend !== undefined ? "--backend" : undefined;
  if (foreign) throw new SpecError(`export: ${foreign} is for a model; a project is trained elsewhere`);
  await checkFree("--out", out);
  const named = await readSpec(name, io.err);
  const spec = applySettings(named.spec, set);
  const { parent, stopAt, trajectory } = named;
  const link = encodeLink(spec, DEFAULT_PRESET, { ...(stopAt !== undefined && { stopAt }) });
  const source = trajectory ? name : `'#${link}'`; // a link holds no decisions of a rule
  const folder = path.basename(path.resolve(out));
  const progress = createProgressLine(process.stderr, quiet);
  try {
    const files = await exportProject({ spec, parent, trajectory, stopAt }, createNodePorts(), {
      name: folder,
      command: `npm run lab -- export ${source} --to project --out ${folder}${plan ? " --plan" : ""}`,
      python: await pythonFiles(),
      plan,
      onProgress: (at) => progress.show(at),
    });
    io.out(`project\t${out}`);
    io.out(`bytes\t${await writeFolder(out, files)}`);
  } finally {
    progress.end();
  }
  return 0;
}

/** The project's files in Python, by name. */
async function pythonFiles(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(PYTHON)).filter((file) => file.endsWith(".py")).sort();
  const texts = names.map(async (file) => [file, await readFile(path.join(PYTHON, file), "utf8")] as const);
  return new Map(await Promise.all(texts));
}
