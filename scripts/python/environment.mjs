// Finds the Python that holds the real libraries of requirements.txt, at the versions it names. Installs nothing;
// scripts/setup.mjs does. Only Node's own modules: it runs before packages are there.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const HOW_TO_GET_PYTHON =
  "No Python with the libraries of scripts/python/requirements.txt: run `npm run setup -- --python` (Python 3.11 or newer; 2.5 GB in .lab/python, or where LAB_PYTHON says).";

export const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** The virtual environment, made or not. */
export const PYTHON_HOME = resolve(
  process.env.LAB_PYTHON ?? fileURLToPath(new URL("../../.lab/python", import.meta.url)),
);
export const PYTHON = join(
  PYTHON_HOME,
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);
/** A copy of the requirements, written once all of them are installed. */
export const PYTHON_STAMP = join(PYTHON_HOME, "requirements.txt");

/** @returns {boolean} whether PYTHON has what the requirements ask for */
export function pythonIsCurrent() {
  return (
    existsSync(PYTHON) &&
    existsSync(PYTHON_STAMP) &&
    readFileSync(PYTHON_STAMP, "utf8") === readFileSync(REQUIREMENTS, "utf8")
  );
}
