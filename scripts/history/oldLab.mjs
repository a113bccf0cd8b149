// The command line and the modules of another checkout of this repository, at an old commit. Changes nothing there.
import { spawnSync } from "node:child_process";
import path from "node:path";

/**
 * @param {string} root the other checkout, set up (`npm run setup` there)
 * @returns {(...args: string[]) => { exit: number, out: string[] }} runs its `lab`; what goes to stderr is shown
 */
export const oldCommand =
  (root) =>
  (...args) => {
    const home = path.join(root, ".lab-history"); // no dataset or encoder of a person comes in
    const ran = spawnSync(process.execPath, ["--import", "tsx", "src/cli/lab.ts", ...args], {
      cwd: root,
      env: { ...process.env, LAB_HOME: home },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    return { exit: ran.status, out: ran.stdout.trimEnd().split("\n") };
  };

/** @returns what of the old code is called: these files were at the same place in every commit of oldRuns.mjs */
export async function oldModules(root) {
  const load = (file) => import(path.join(path.resolve(root), "src", file));
  const [link, presets, parse, digest, compare, source, run, ports] = await Promise.all(
    [
      "core/spec/link.ts",
      "core/spec/presets.ts",
      "core/record/parseRunRecord.ts",
      "training/run/recordBuilder.ts",
      "core/record/compareRuns.ts",
      "cli/specSource.ts",
      "training/run/runExperiment.ts",
      "cli/nodePorts.ts",
    ].map(load),
  );
  return { ...link, ...presets, ...parse, ...digest, ...compare, ...source, ...run, ...ports };
}

/** A decoded link as JSON: the preset by its name. */
export function decodedJson({ preset, ...rest }) {
  return { preset: preset.name, ...rest };
}
