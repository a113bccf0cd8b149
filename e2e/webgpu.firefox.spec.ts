// WebGPU in Firefox is another implementation of it (wgpu, Naga, Mesa's software Vulkan): it takes every kernel's WGSL, and
// trains to the numbers of Chromium's within tolerance.
import { chromium, expect, test } from "@playwright/test";
import { findChromium, QUIET_FLAGS, WEBGPU_FLAGS } from "../scripts/chromium.mjs";
import { HOW_TO_GET_WEBGPU } from "../scripts/firefox.mjs";
import { allShaders } from "../src/testing/engine/allShaders.ts";
import {
  closeFirefox,
  FIREFOX_WEBGPU,
  lack,
  NO_WORKER,
  openPage,
  press,
  saying,
  sees,
  startFirefox,
  step,
} from "./firefox.ts";
import { openLab, TINY, train, withKeys } from "./lab.ts";

// A limit for what hangs, of all steps together.
test.setTimeout(900_000);

const STEPS = 4;

test("Firefox's WebGPU takes every kernel, and reproduces Chromium's run", async ({ baseURL }) => {
  const browser = await startFirefox({ ...NO_WORKER, ...FIREFOX_WEBGPU });
  try {
    const { page, errors } = await openPage(browser, { isKnown: true });
    await page.goto(baseURL!);
    const hasAdapter = await page.evaluate(async () =>
      Boolean(await (navigator as { readonly gpu?: GPU }).gpu?.requestAdapter()),
    );
    if (!hasAdapter) lack(HOW_TO_GET_WEBGPU);
    await step("every kernel's WGSL", async () => {
      const refused = await page.evaluate(refusedBy, await allShaders());
      expect(refused).toEqual([]);
    });
    const link = await step("a run in Chromium", () => runInChromium(baseURL!));
    await step("the same in Firefox", async () => {
      await page.goto("about:blank");
      await page.goto(link);
      await press(page, "Train and check");
      await sees(page, saying("Reproduced, within tolerance"));
    });
    expect(errors).toEqual([]);
  } finally {
    await closeFirefox(browser);
  }
});

/** Runs in the page. @returns what the device says of each module that it does not take */
async function refusedBy(shaders: Record<string, string>): Promise<string[]> {
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  const refused: string[] = [];
  for (const [name, code] of Object.entries(shaders)) {
    device.pushErrorScope("validation");
    const module = device.createShaderModule({ code });
    device.createComputePipeline({ layout: "auto", compute: { module, entryPoint: "main" } });
    const error = await device.popErrorScope();
    if (error) refused.push(`${name}: ${error.message}`);
  }
  return refused;
}

/** @returns the link of a run there, on WebGPU, with its curves and digest */
async function runInChromium(address: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath: findChromium()!,
    args: [...QUIET_FLAGS, ...WEBGPU_FLAGS],
  });
  try {
    const page = await browser.newPage({ baseURL: address, serviceWorkers: "block" });
    await openLab(page, withKeys(TINY, `backend=webgpu&steps=${STEPS}&evalEvery=${STEPS}`));
    await train(page, STEPS);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    return await page.getByRole("dialog").getByRole("textbox", { name: "Link" }).inputValue();
  } finally {
    await browser.close();
  }
}
