// `npm test`: set-up, then every suite of a lane, whatever the earlier ones said; a summary; last line "N passed, N failed".
// `--lanes test,python,long` names the lanes (docs/testing.md), default test. `--only unit,e2e` runs some suites instead;
// words after it go to that suite: `npm test -- --only unit src/core`.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HOW_TO_GET_PYTHON, pythonIsCurrent } from "./python/environment.mjs";
import { readPlaywright, readVitest } from "./readReport.mjs";
import { provideBrowser, ROOT, setUpOrExit } from "./setup.mjs";

const TOOLS = {
  prettier: "prettier/bin/prettier.cjs",
  eslint: "eslint/bin/eslint.js",
  tsc: "typescript/bin/tsc",
  vitest: "vitest/vitest.mjs",
  vite: "vite/bin/vite.js",
  playwright: "@playwright/test/cli.js",
};
const REPORTS = join(ROOT, ".lab/reports");

/** Runs a Node program with our terminal. @returns true if it ended with 0 */
function node(script, args = [], env = {}) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return status === 0;
}
const program = (name) => join(ROOT, "node_modules", TOOLS[name]);
const tool = (name, args, env) => node(program(name), args, env);

const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] });

/** Runs a Node program beside others. @returns {Promise<{ ok: boolean, output: string }>} `output`: all that it printed */
function nodeBeside([script, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: ROOT });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => parts.push(part));
    child.on("close", (status) => resolve({ ok: status === 0, output: Buffer.concat(parts).toString() }));
  });
}

/** A suite of programs that write no report, as lines of words: passed if all of them end with 0. */
const checks = (programs) => async (words) => {
  const ended = await Promise.all(programs(words.length > 0 ? words : ["."]).map(nodeBeside));
  return { ...check(ended.every(({ ok }) => ok)), output: ended.map(({ output }) => output).join("") };
};

/** Lets `run` write a JSON report, and counts it; a run without one, or one that fails with no test failing, is a failure. */
function counted(name, run, read) {
  const file = join(REPORTS, `${name}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(file, { force: true });
  const ok = run(file);
  if (!existsSync(file)) return { ...check(false), note: "no report was written" };
  const result = read(file, ROOT);
  if (result.passed + result.failed === 0) return { ...result, failed: 1, note: "no test ran" };
  if (!ok && result.failed === 0) return { ...result, failed: 1, note: "failed outside any test, see above" };
  return result;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "localhost", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const vitest = (name, lane) => (words) =>
  counted(
    name,
    (file) => {
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      return tool("vitest", ["run", ...reporters, ...words], { LAB_LANE: lane });
    },
    readVitest,
  );

const playwright = (name, lane) => async (words) => {
  const browser = provideBrowser();
  if (!browser) return { ...check(false), note: "no Chromium, see above" };
  if (!existsSync(join(ROOT, "dist/index.html"))) return { ...check(false), note: "no built page in dist/" };
  const env = { E2E_PORT: String(await freePort()), CHROMIUM_PATH: browser, LAB_LANE: lane };
  const run = (file) => tool("playwright", ["test", ...words], { ...env, E2E_REPORT: file });
  return counted(name, run, readPlaywright);
};

/** In the order they run. Each takes the words meant for it and returns its counts. */
const SUITES = {
  format: checks((paths) => [[program("prettier"), "--check", "--log-level", "warn", ...paths]]),
  lint: checks((paths) => [
    [program("eslint"), "--max-warnings", "0", "--concurrency", "2", ...paths], // the longest of those beside it
    [join(ROOT, "scripts/cycles.mjs")],
  ]),
  types: checks(() =>
    ["tsconfig.json", "src/workers/tsconfig.json"].map((config) => [program("tsc"), "-p", config]),
  ),
  unit: vitest("unit", "test"),
  build: () => {
    rmSync(join(ROOT, "dist"), { recursive: true, force: true }); // or the suites after a failed build would test an old one
    return check(tool("vite", ["build", "--logLevel", "warn"]));
  },
  bundle: () => check(node("scripts/checkBundle.mjs")),
  e2e: playwright("e2e", "test"),
  python: async (words) => {
    const installed = await installingPython;
    if (installed && !installed.ok) process.stdout.write(installed.output);
    if (pythonIsCurrent()) return vitest("python", "python")(words);
    console.log(`!! ${HOW_TO_GET_PYTHON}`);
    if (pythonRequired) return { ...check(false), note: "no Python, and REQUIRE_PYTHON=1" };
    return { passed: 0, failed: 0, skipped: [{ title: `all of it. ${HOW_TO_GET_PYTHON}`, gpu: false }] };
  },
  long: vitest("long", "long"),
  longE2e: playwright("longE2e", "long"),
};
const pythonRequired = process.env.REQUIRE_PYTHON === "1";
/** They need a core or two and keep no times, so they run side by side. */
const BESIDE = ["format", "lint", "types"];
const LANES = {
  test: ["format", "lint", "types", "unit", "build", "bundle", "e2e"],
  python: ["python"],
  long: ["long", "build", "longE2e"],
};

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      options: { only: { type: "string" }, lanes: { type: "string", default: "test" } },
      allowPositionals: true,
    });
    const known = (list, all, option) => {
      for (const name of list)
        if (!Object.hasOwn(all, name))
          throw new Error(`--${option} knows ${Object.keys(all).join(", ")}, got "${name}"`);
      return list;
    };
    const lanes = known(values.lanes.split(","), LANES, "lanes").flatMap((lane) => LANES[lane]);
    const asked = values.only === undefined ? lanes : known(values.only.split(","), SUITES, "only");
    const names = Object.keys(SUITES).filter((name) => asked.includes(name));
    if (positionals.length > 0 && names.length !== 1)
      throw new Error(`"${positionals[0]}" needs --only with one suite, which it is meant for`);
    return { names, positionals };
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

const { names, positionals } = readOptions();
setUpOrExit();
if (names.includes("unit") || names.includes("long")) provideBrowser(); // its SwiftShader driver serves the GPU tests
/** It takes minutes, mostly of waiting, so it goes on beside the suites before the one that needs it. */
const installingPython =
  names.includes("python") && pythonRequired && nodeBeside([join(ROOT, "scripts/setup.mjs"), "--python"]);

async function timed(name) {
  const startMs = Date.now();
  const result = await SUITES[name](positionals);
  return { ...result, name, seconds: (Date.now() - startMs) / 1000 };
}
/** Begun together, told in order. */
const begun = new Map(names.filter((name) => BESIDE.includes(name)).map((name) => [name, timed(name)]));
/** A GPU test that was skipped has shown nothing: where WebGPU is required, it failed. */
const gpuRequired = process.env.REQUIRE_WEBGPU === "1";
const results = [];
for (const name of names) {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 90 - name.length))}`);
  const result = await (begun.get(name) ?? timed(name));
  if (result.output) process.stdout.write(result.output);
  const missing = gpuRequired ? result.skipped.filter(({ gpu }) => gpu).length : 0;
  if (missing > 0) result.note = `${missing} GPU tests were skipped, and REQUIRE_WEBGPU=1`;
  results.push({ ...result, failed: result.failed + missing });
}

console.log(`\n── summary ${"─".repeat(83)}`);
const skipped = results.flatMap(({ name, skipped: tests }) => tests.map(({ title }) => `${name}: ${title}`));
if (skipped.length > 0) {
  console.log(`!! SKIPPED, so not tested: ${skipped.length}`);
  for (const title of skipped) console.log(`!!   ${title}`);
}
for (const { name, failures = [] } of results)
  for (const { title, message } of failures)
    console.log(`✗ FAILED ${name}: ${title}\n${message.replaceAll(/^/gm, "    ")}`);
if (!process.env.LAB_DATA_DIR)
  console.log("!! LAB_DATA_DIR is not set: tests on real benchmark data did not run.");
for (const { name, passed, failed, skipped: tests, seconds, note } of results) {
  const counts = `${passed} passed, ${failed} failed${tests.length > 0 ? `, ${tests.length} skipped` : ""}`;
  console.log(
    `${failed > 0 ? "✗" : "✓"} ${name.padEnd(8)} ${counts.padEnd(36)} ${seconds.toFixed(1).padStart(7)} s  ${note ?? ""}`.trimEnd(),
  );
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
process.exitCode = sum("failed") > 0 ? 1 : 0;
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
