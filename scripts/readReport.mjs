// Counts what Vitest's and Playwright's JSON reports say, and names the failed and the skipped tests. Runs nothing.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { messageLines } from "./messageLines.mjs";

/**
 * @typedef {{ title: string, gpu: boolean }} Skipped `gpu`: it would have run on WebGPU, and neither lacks LAB_DATA_DIR nor is left out of the short form
 * @typedef {{ title: string, message: string }} Failure `message`: what the first error says, its first lines
 * @typedef {{ passed: number, failed: number, failures: Failure[], skipped: Skipped[] }} Counts `failed`: of `failures`
 */

/** @returns {Failure} */
const failure = (title, message) => ({ title, message: messageLines(message).join("\n") });

/** @returns {Counts} */
const counted = (passed, failures, skipped) => ({ passed, failed: failures.length, failures, skipped });

/** A test that lacks data, or is of the long form only, says so in its title or reason. */
const skip = (title, onGpu) => ({ title, gpu: onGpu && !/LAB_DATA_DIR|the short form/.test(title) });

/**
 * A file that could not be loaded holds no test, so it counts as one failure.
 * @returns {Counts}
 */
export function readVitest(path, root) {
  let passed = 0;
  const failures = [];
  const skipped = [];
  for (const { name, status, message = "", assertionResults } of JSON.parse(readFileSync(path, "utf8"))
    .testResults) {
    const file = relative(root, name).replaceAll("\\", "/");
    const before = failures.length;
    for (const test of assertionResults) {
      const title = `${file} > ${test.fullName.trim()}`;
      if (test.status === "passed") passed++;
      else if (test.status === "failed") failures.push(failure(title, test.failureMessages.join("\n")));
      else skipped.push({ title, gpu: /\.gpu\.test\.tsx?$/.test(file) });
    }
    if (status === "failed" && failures.length === before) failures.push(failure(file, message));
  }
  return counted(passed, failures, skipped);
}

/**
 * A flaky test counts as failed; so does an error outside any test.
 * @returns {Counts}
 */
export function readPlaywright(path) {
  const { suites, errors } = JSON.parse(readFileSync(path, "utf8"));
  let passed = 0;
  const failures = errors.map(({ message }) => failure("outside any test", message));
  const skipped = [];
  const visit = (suite, trail) => {
    const titles = suite.title ? [...trail, suite.title] : trail;
    for (const spec of suite.specs ?? []) {
      for (const { status, projectName, annotations = [], results = [] } of spec.tests) {
        const reasons = annotations
          .filter(({ type }) => type === "skip")
          .map(({ description = "" }) => description);
        const title = [...titles, spec.title, ...reasons].filter(Boolean).join(" > ");
        if (status === "expected") passed++;
        else if (status === "skipped") skipped.push(skip(title, projectName === "webgpu"));
        else {
          const [error] = results.flatMap(({ errors: said }) => said);
          failures.push(failure(title, error?.message ?? status));
        }
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, titles);
  };
  for (const suite of suites) visit(suite, []);
  return counted(passed, failures, skipped);
}
