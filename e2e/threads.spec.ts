// On an isolated page threads share large products on WebAssembly. The run is the same, to the bit, without them.
import { expect, test, type Page } from "@playwright/test";
import { processorFuses } from "../src/testing/engine/processorFuses.ts";
import { openLab, train } from "./lab.ts";

const LAYER =
  "v=2&preset=hybrid&langs=en,de&heldOut=none&encoder=random&layers=1&width=128&batch=128&maxTokens=16" +
  "&steps=20&evalEvery=20&live=200&backend=wasm";

/** Names of the workers that a page starts from now on. */
function watchWorkers(page: Page): string[] {
  const names: string[] = [];
  page.on("worker", (worker) => names.push(/(\w+)\.worker/.exec(worker.url())?.[1] ?? worker.url()));
  return names;
}

const wordsOf = (threads: number) =>
  `wasm SIMD${processorFuses() ? " FMA" : ""}, ${threads} thread${threads === 1 ? "" : "s"}`;

test("threads share products, and a page that may not have them gets the same run", async ({
  page,
  browser,
}) => {
  const workers = watchWorkers(page);
  await openLab(page, LAYER);
  const processors = Math.min(8, await page.evaluate(() => navigator.hardwareConcurrency));
  expect(processors, "this test needs a second processor").toBeGreaterThan(1);
  await train(page, 20);
  await expect(page.getByText(wordsOf(processors)).first()).toBeVisible();
  expect(workers.filter((name) => name === "product")).toHaveLength(processors - 1);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();

  const plain = await (await browser.newContext()).newPage();
  await plain.route("**/*", async (route) => {
    const response = await route.fetch();
    const kept = Object.entries(response.headers()).filter(([name]) => !name.startsWith("cross-origin-"));
    await route.fulfill({ response, headers: Object.fromEntries(kept) });
  });
  const others = watchWorkers(plain);
  const errors = await openLab(plain, link.slice(link.indexOf("#") + 1));
  expect(await plain.evaluate(() => crossOriginIsolated)).toBe(false);
  await train(plain, 20);
  await expect(plain.getByText("Repeated, to the last bit")).toBeVisible();
  await expect(plain.getByText(wordsOf(1)).first()).toBeVisible();
  expect(others).toContain("trainer");
  expect(others).not.toContain("product");
  expect(errors).toEqual([]);
});
