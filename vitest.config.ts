// How tests run in Node, by lane (docs/testing.md): LAB_LANE = test (default), python or long. *.gpu.test.ts run on Dawn,
// one file at a time; end-to-end tests are Playwright's.
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findVulkanDriver } from "./scripts/chromium.mjs";
import { pythonIsCurrent } from "./scripts/python/environment.mjs";

// Dawn's loader reads it when it starts, so it must be there before the test processes are. SwiftShader gives the same
// numbers on every machine; set VK_DRIVER_FILES yourself (empty = the system's own) to test on a real GPU.
process.env["VK_DRIVER_FILES"] ??= findVulkanDriver() ?? "";
if (process.env["VK_DRIVER_FILES"] === "") delete process.env["VK_DRIVER_FILES"];

const GPU = "src/**/*.gpu.test.ts";
const PYTHON = "{src,scripts}/**/*.python.test.ts";
const LONG = "{src,scripts}/**/*.long.test.ts";
/** Fuzzing, whose cases FUZZ_RUNS multiplies: in the lane "test" with its own number, in "long" with many. */
const FUZZ = "src/**/{fuzz,misfits}.test.ts";
/** Invented files against the real libraries, of which "long" makes more, and published weights, which it trains longer. */
const ANY = ["scripts/python/any*.python.test.ts", "scripts/teacher/published.python.test.ts"];

const project = (name: string, test: NonNullable<TestProjectInlineConfiguration["test"]>) => ({
  extends: true as const,
  test: { name, hookTimeout: 60_000, ...test },
});

const LANES: Record<string, ReturnType<typeof project>[]> = {
  test: [
    project("node", {
      include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
      exclude: [GPU, PYTHON, LONG],
      testTimeout: 30_000,
      sequence: { groupOrder: 0 },
    }),
    project("gpu", {
      include: [GPU],
      fileParallelism: false,
      testTimeout: 180_000,
      sequence: { groupOrder: 1 },
    }),
  ],
  python: [project("python", { include: [PYTHON], testTimeout: 120_000, hookTimeout: 600_000 })],
  long: [
    project("long", {
      include: [
        LONG,
        ...(process.env["LAB_LONG"] === "short" ? [] : [FUZZ, ...(pythonIsCurrent() ? ANY : [])]),
      ],
      testTimeout: 1_800_000,
      env: {
        FUZZ_RUNS: process.env["FUZZ_RUNS"] ?? "30000",
        TOKENIZER_FILES: process.env["TOKENIZER_FILES"] ?? "2000",
        CHECKPOINT_FOLDERS: process.env["CHECKPOINT_FOLDERS"] ?? "400",
        PUBLISHED: "long",
      },
    }),
  ],
};
const lane = process.env["LAB_LANE"] ?? "test";
const projects = LANES[lane];
if (!projects) throw new Error(`LAB_LANE must be one of ${Object.keys(LANES).join(", ")}, got "${lane}"`);

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default"],
    setupFiles: ["src/testing/propertySeed.ts"],
    projects,
  },
});
