// Brings a fresh checkout to the state in which it can start: packages, the embedded dataset and, for tests, a browser.
// Does nothing when nothing is missing. Only Node's own modules: it runs before packages are there.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, HOW_TO_GET_ONE } from "./chromium.mjs";
import { findFirefox, hasSoftwareVulkan, HOW_TO_GET_FIREFOX, HOW_TO_GET_WEBGPU } from "./firefox.mjs";
import { PYTHON, PYTHON_HOME, PYTHON_STAMP, pythonIsCurrent, REQUIREMENTS } from "./python/environment.mjs";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Everything set-up says goes to stderr, so that the command behind it owns stdout. */
const say = (text) => process.stderr.write(`set-up: ${text}\n`);

/** Runs a program with its output on our stderr. @throws Error in one sentence if it fails */
function run(command, args, why) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (error || status !== 0)
    throw new Error(`${why} failed (${command} ${args.join(" ")}: ${error?.message ?? `exit ${status}`}).`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fits = major === 20 ? minor >= 19 : major === 22 ? minor >= 12 : major > 22;
  if (!fits)
    throw new Error(`Node ${process.versions.node} is too old: install 20.19 or later, or 22.12 or later.`);
}

const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json last, so a
 * broken installation has none; packages for other platforms are optional and may be absent.
 */
export function packagesAreCurrent() {
  if (!existsSync(join(ROOT, "node_modules/.package-lock.json"))) return false;
  const installed = readJson("node_modules/.package-lock.json").packages;
  return Object.entries(readJson("package-lock.json").packages).every(
    ([path, { version, integrity, optional }]) => {
      if (path === "") return true;
      const found = installed[path];
      if (!found) return optional === true;
      return found.version === version && found.integrity === integrity;
    },
  );
}

function installPackages() {
  if (packagesAreCurrent()) return;
  say("installing packages (npm ci)");
  // .npmrc silences npm, for clean pipes; here its errors must show. npm_execpath is npm's own script, if npm runs us.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--loglevel=error"];
  if (npm?.endsWith(".js")) run(process.execPath, [npm, ...args], "Installing packages");
  else if (process.platform === "win32") run("cmd", ["/c", "npm", ...args], "Installing packages");
  else run("npm", args, "Installing packages");
}

/** @param {{ recheck: boolean }} options `recheck`: let the builder compare its stamp even if the files are there */
function buildDataset({ recheck }) {
  const builder = "src/cli/buildEmbedded.ts";
  if (!existsSync(join(ROOT, builder))) return;
  if (!recheck && existsSync(join(ROOT, "public/datasets/cldr-emoji/manifest.json"))) return;
  run(process.execPath, ["--import", "tsx", builder], "Building the embedded dataset");
}

function canInstallDebianPackages() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/etc/os-release"))
    return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

function installDebianPackages(...names) {
  process.env.DEBIAN_FRONTEND = "noninteractive";
  run("apt-get", ["-qq", "update"], "Reading Debian's package lists");
  const options = ["-qq", "install", "-y", "--no-install-recommends"];
  run("apt-get", [...options, ...names], `Installing ${names.join(" and ")}`);
}

/** @returns {string | undefined} path of a Chromium, installed if this is Debian's or Ubuntu's root; says what is missing */
export const provideBrowser = () => provide("chromium", findChromium, HOW_TO_GET_ONE);

/** The same of a Firefox, and of what its WebGPU computes on where there is no GPU. */
export function provideFirefox() {
  const firefox = provide("firefox-esr", findFirefox, HOW_TO_GET_FIREFOX);
  if (process.platform === "linux") provide("mesa-vulkan-drivers", hasSoftwareVulkan, HOW_TO_GET_WEBGPU);
  return firefox;
}

function provide(debianName, find, howToGetOne) {
  const found = find();
  if (found) return found;
  if (canInstallDebianPackages()) {
    say(`installing ${debianName} (apt-get)`);
    try {
      installDebianPackages(debianName);
    } catch (error) {
      say(error.message);
    }
  }
  const installed = find();
  if (!installed) say(howToGetOne);
  return installed;
}

/** Makes the virtual environment of the lane "python", or brings it up to date. @throws Error in one sentence */
export function providePython() {
  if (pythonIsCurrent()) return;
  say(`installing Python packages in ${PYTHON_HOME} (pip)`);
  rmSync(PYTHON_STAMP, { force: true });
  if (!existsSync(PYTHON)) {
    const base = process.platform === "win32" ? "python" : "python3";
    const canMakeOne = spawnSync(base, ["-c", "import ensurepip, venv"]).status === 0;
    if (!canMakeOne && canInstallDebianPackages()) installDebianPackages("python3", "python3-venv");
    run(base, ["-m", "venv", PYTHON_HOME], "Making the Python environment");
  }
  const pip = ["-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"];
  run(PYTHON, [...pip, "-r", REQUIREMENTS], "Installing Python packages");
  copyFileSync(REQUIREMENTS, PYTHON_STAMP);
}

/** Full set-up, or the quick one: packages if they are stale, the dataset only if it is missing. `python`: its packages too. */
export function setUp({ quick = false, python = false } = {}) {
  checkNode();
  installPackages();
  buildDataset({ recheck: !quick });
  if (python) providePython();
}

/** For the scripts that begin with set-up: a failure is one sentence, not a stack. */
export function setUpOrExit(options) {
  try {
    setUp(options);
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUpOrExit({ python: process.argv.includes("--python") });
  if (process.argv.includes("--browser")) provideBrowser();
  if (process.argv.includes("--firefox")) provideFirefox();
}
