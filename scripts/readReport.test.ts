import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPlaywright, readVitest } from "./readReport.mjs";

function report(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), "report-")), "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe("readVitest", () => {
  it("counts tests, and a file that did not load as one failure", () => {
    const test = (status: string, fullName = "adds") => ({
      status,
      fullName,
      failureMessages: status === "failed" ? ["Error: 2 is not 3\n    at add (/repo/a.test.ts:1:1)\n"] : [],
    });
    const path = report({
      testResults: [
        {
          name: "/repo/a.test.ts",
          status: "failed",
          assertionResults: [test("passed"), test("failed"), test("passed")],
        },
        { name: "/repo/b.gpu.test.ts", status: "passed", assertionResults: [test("skipped", " on the GPU")] },
        { name: "/repo/c.test.ts", status: "passed", assertionResults: [test("todo", "later")] },
        { name: "/repo/d.test.ts", status: "failed", message: "no such import", assertionResults: [] },
      ],
    });
    expect(readVitest(path, "/repo")).toEqual({
      passed: 2,
      failed: 2, // one in a, and d as a whole
      failures: [
        { title: "a.test.ts > adds", message: "Error: 2 is not 3" },
        { title: "d.test.ts", message: "no such import" },
      ],
      skipped: [
        { title: "b.gpu.test.ts > on the GPU", gpu: true },
        { title: "c.test.ts > later", gpu: false },
      ],
    });
  });
});

const ERRORS = [
  { message: "\u001b[31mTimeout\u001b[39m of 15000ms\n\n    at page.ts:1:1" },
  { message: "closed" },
];

describe("readPlaywright", () => {
  it("takes a flaky test and an error outside tests for failures", () => {
    const spec = (title: string, status: string, projectName: string) => ({
      title,
      tests: [{ status, projectName, results: [{ errors: [] }, { errors: ERRORS }] }],
    });
    const path = report({
      errors: [{ message: "the server did not start" }],
      suites: [
        {
          title: "run.spec.ts",
          specs: [spec("trains", "expected", "webgpu"), spec("draws", "flaky", "webgpu")],
          suites: [
            {
              title: "links",
              specs: [spec("opens", "skipped", "webgpu"), spec("breaks", "unexpected", "webgpu")],
            },
          ],
        },
        {
          title: "data.spec.ts",
          specs: [
            {
              title: "reads real data",
              tests: [
                {
                  status: "skipped",
                  projectName: "webgpu",
                  annotations: [{ type: "skip", description: "LAB_DATA_DIR is not set" }],
                },
              ],
            },
            {
              title: "walks on",
              tests: [
                {
                  status: "skipped",
                  projectName: "webgpu",
                  annotations: [{ type: "skip", description: "SKIPPED: the short form" }],
                },
              ],
            },
          ],
        },
        { title: "fall.nogpu.spec.ts", specs: [spec("falls back", "skipped", "no-webgpu")] },
      ],
    });
    expect(readPlaywright(path)).toEqual({
      passed: 1,
      failed: 3,
      failures: [
        { title: "outside any test", message: "the server did not start" },
        { title: "run.spec.ts > draws", message: "Timeout of 15000ms" },
        { title: "run.spec.ts > links > breaks", message: "Timeout of 15000ms" },
      ],
      skipped: [
        { title: "run.spec.ts > links > opens", gpu: true },
        { title: "data.spec.ts > reads real data > LAB_DATA_DIR is not set", gpu: false },
        { title: "data.spec.ts > walks on > SKIPPED: the short form", gpu: false },
        { title: "fall.nogpu.spec.ts > falls back", gpu: false },
      ],
    });
  });
});
