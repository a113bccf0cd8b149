// Counts what Vitest's and Playwright's JSON reports say, and names the skipped tests. Runs nothing.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * @typedef {{ title: string, gpu: boolean }} Skipped `gpu`: it would have run on WebGPU, and neither lacks LAB_DATA_DIR nor is left out of the short form
 * @typedef {{ passed: number, failed: number, skipped: Skipped[] }} Counts
 */

/** A test that lacks data, or is of the long form only, says so in its title or reason. */
const skip = (title, onGpu) => ({ title, gpu: onGpu && !/LAB_DATA_DIR|the short form/.test(title) });

/**
 * A file that could not be loaded holds no test, so it counts as one failure.
 * @returns {Counts}
 */
export function readVitest(path, root) {
  const counts = { passed: 0, failed: 0, skipped: [] };
  for (const { name, status, assertionResults } of JSON.parse(readFileSync(path, "utf8")).testResults) {
    const file = relative(root, name).replaceAll("\\", "/");
    let failedHere = 0;
    for (const test of assertionResults) {
      if (test.status === "passed") counts.passed++;
      else if (test.status === "failed") failedHere++;
      else
        counts.skipped.push({
          title: `${file} > ${test.fullName.trim()}`,
          gpu: /\.gpu\.test\.tsx?$/.test(file),
        });
    }
    if (status === "failed" && failedHere === 0) failedHere = 1;
    counts.failed += failedHere;
  }
  return counts;
}

/**
 * A flaky test counts as failed; so does an error outside any test.
 * @returns {Counts}
 */
export function readPlaywright(path) {
  const { suites, errors } = JSON.parse(readFileSync(path, "utf8"));
  const counts = { passed: 0, failed: errors.length, skipped: [] };
  const visit = (suite, trail) => {
    const titles = suite.title ? [...trail, suite.title] : trail;
    for (const spec of suite.specs ?? []) {
      for (const { status, projectName, annotations = [] } of spec.tests) {
        const reasons = annotations
          .filter(({ type }) => type === "skip")
          .map(({ description = "" }) => description);
        const title = [...titles, spec.title, ...reasons].filter(Boolean).join(" > ");
        if (status === "expected") counts.passed++;
        else if (status === "skipped") counts.skipped.push(skip(title, projectName === "webgpu"));
        else counts.failed++;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, titles);
  };
  for (const suite of suites) visit(suite, []);
  return counts;
}
