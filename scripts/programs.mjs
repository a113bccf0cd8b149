// Finds a program by the variable that names it, on the PATH, or where it usually is. Only Node's own modules.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * @param {{ variable: string, names: readonly string[], elsewhere: readonly string[] }} where
 * @returns {string | undefined} its path
 * @throws Error if the variable names no program
 */
export function firstProgram({ variable, names, elsewhere }) {
  const chosen = process.env[variable];
  if (chosen) {
    if (!isProgram(chosen)) throw new Error(`${variable} names no program: ${chosen}`);
    return chosen;
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  return [...onPath, ...elsewhere].find(isProgram);
}
