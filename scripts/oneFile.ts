// The script of files that train, and a list of what such a file may hold: beside the built page, fetched when a person asks for
// such a file and never before. Run as a program it writes both into the folder that is named, for the command line.
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { TRAINING_APP, TRAINING_PARTS, type TrainingParts } from "../src/core/offline/trainingParts.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What page and files are built for. */
export const TARGET = ["chrome126", "edge126", "firefox128", "safari18"];

/** One script and no more: what would be loaded when it is needed is in it too. */
const WHOLE = { output: { format: "iife" as const, codeSplitting: false } };

/** src/onefile.ts with both workers and their WebAssembly inside: a file on a disk has nothing beside it. */
async function buildApp(): Promise<string> {
  const built = await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    worker: { format: "iife", rolldownOptions: WHOLE },
    build: {
      write: false,
      target: TARGET,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      modulePreload: false,
      chunkSizeWarningLimit: 10_000, // kB
      rolldownOptions: { input: join(ROOT, "src/onefile.ts"), ...WHOLE },
    },
  });
  const [app, ...others] = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  if (app?.type !== "chunk" || others.length > 0)
    throw new Error(
      `one script was to be built, and beside it came ${others.map((o) => o.fileName).join(", ")}`,
    );
  return app.code;
}

/** Every file of the lab's encoders. */
function modelFiles(): TrainingParts["models"] {
  return readdirSync(join(ROOT, "public/models"), { recursive: true, encoding: "utf8" })
    .map((name) => `models/${name.replaceAll("\\", "/")}`)
    .sort()
    .map((path) => ({ path, stat: statSync(join(ROOT, "public", path)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ path, stat }) => ({ path, bytes: stat.size }));
}

async function writeParts(folder: string): Promise<void> {
  const app = await buildApp();
  const parts: TrainingParts = { appBytes: Buffer.byteLength(app), models: modelFiles() };
  mkdirSync(dirname(join(folder, TRAINING_APP)), { recursive: true });
  writeFileSync(join(folder, TRAINING_APP), app);
  writeFileSync(join(folder, TRAINING_PARTS), `${JSON.stringify(parts)}\n`);
}

/** Runs before the list of all files is made that the page keeps for use without a network. */
export function oneFile(): Plugin {
  let dist = "";
  return {
    name: "one-file",
    apply: "build",
    configResolved: (config) => void (dist = join(config.root, config.build.outDir)),
    writeBundle: { order: "post", sequential: true, handler: () => writeParts(dist) },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeParts(process.argv[2]!);
