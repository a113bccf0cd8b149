// How unit tests run in Node. *.gpu.test.ts run on Dawn, one file at a time; end-to-end tests are Playwright's.
import { defineConfig } from "vitest/config";
import { findVulkanDriver } from "./scripts/chromium.mjs";

// Dawn's loader reads it when it starts, so it must be there before the test processes are. SwiftShader gives the same
// numbers on every machine; set VK_DRIVER_FILES yourself (empty = the system's own) to test on a real GPU.
process.env["VK_DRIVER_FILES"] ??= findVulkanDriver() ?? "";
if (process.env["VK_DRIVER_FILES"] === "") delete process.env["VK_DRIVER_FILES"];

const GPU = "src/**/*.gpu.test.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default"],
    setupFiles: ["src/testing/propertySeed.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: [GPU],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "gpu",
          include: [GPU],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
