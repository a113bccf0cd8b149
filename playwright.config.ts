// End-to-end tests of the built page in the system's Chromium. Builds nothing: `npm run build` comes first. LAB_LANE=long
// runs *.long.spec.ts instead of the others (docs/testing.md).
import { defineConfig } from "@playwright/test";
import { findChromium, HOW_TO_GET_ONE, QUIET_FLAGS, WEBGPU_FLAGS } from "./scripts/chromium.mjs";

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(HOW_TO_GET_ONE);

const port = Number(process.env["E2E_PORT"] ?? 4399);
const baseURL = `http://localhost:${port}/`;
const report = process.env["E2E_REPORT"];
const isLong = process.env["LAB_LANE"] === "long";

const browser = (flags: string[]) => ({
  browserName: "chromium" as const,
  launchOptions: { executablePath, args: flags },
});

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1, // a SwiftShader adapter alone fills two cores
  retries: 0,
  timeout: isLong ? 3_600_000 : 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"], ...(report ? [["json", { outputFile: report }] as ["json", object]] : [])],
  use: {
    baseURL,
    serviceWorkers: "block", // one would answer for the server that a test holds back; offline.spec.ts lets it in
    trace: process.env["E2E_TRACE"] ? "retain-on-failure" : "off", // with it a test takes a quarter longer
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "webgpu",
      testMatch: isLong ? "**/*.long.spec.ts" : "**/*.spec.ts",
      testIgnore: isLong ? [] : ["**/*.nogpu.spec.ts", "**/*.long.spec.ts", "**/*.firefox.spec.ts"],
      use: browser([...QUIET_FLAGS, ...WEBGPU_FLAGS]),
    },
    {
      // A browser whose navigator.gpu offers no adapter: the page must fall back and say so.
      name: "no-webgpu",
      testMatch: isLong ? [] : "**/*.nogpu.spec.ts",
      use: browser([...QUIET_FLAGS, "--disable-gpu", "--disable-features=WebGPU,WebGPUService"]),
    },
    // These open a Firefox of their own.
    { name: "firefox", testMatch: isLong ? [] : "**/*.firefox.spec.ts" },
  ],
  webServer: {
    command: `npx vite preview --strictPort --port ${port}`,
    url: baseURL,
    reuseExistingServer: false,
    timeout: 30_000,
    stdout: "ignore",
  },
});
