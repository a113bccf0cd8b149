// The built page in a folder of a host that sets no header: threads after one reload, and all that a visit keeps with the
// host gone.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, knowTheLab, openView, shot, TINY, train, training, withKeys } from "./lab.ts";
import { servePlainly, type PlainServer } from "./plainServer.ts";

test.use({ serviceWorkers: "allow" });
// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

/** As short as can be, from the quick start’s encoder: that of so old a link is another one. */
const LINK = `#${withKeys(TINY, "encoder=distilled-bag-37k&backend=wasm&steps=20&evalEvery=10")}`;
const LIMIT_BYTES = 16e6; // a visit
const KEPT = "quick start and the recorded studies work without a network";

const standing = (page: Page) => page.getByRole("region", { name: "Without a network" }).getByRole("status");

/** Opens the Data page on a host and waits until all that one visit keeps is here. */
async function visit(page: Page, host: { readonly packs?: boolean } = {}): Promise<PlainServer> {
  const server = await servePlainly(host);
  await knowTheLab(page);
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toContainText(KEPT, { timeout: 300_000 });
  return server;
}

test("one visit, then no server: the page, a run, Try it and a recorded study", async ({ page }) => {
  const server = await servePlainly();
  await knowTheLab(page);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  let loads = 0;
  page.on("load", () => loads++);

  await page.goto(`${server.address}?view=try${LINK}`);
  await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false)).toBe(true);
  expect(page.url()).toContain(`${server.address}?view=try#`); // the link is not lost
  expect(page.url()).toContain("langs=en,de");
  await page.getByRole("link", { name: "Data", exact: true }).click();
  await expect(standing(page)).toContainText(KEPT, { timeout: 90_000 });
  expect(loads).toBeLessThanOrEqual(2); // no more than one reload
  console.log(`A visit fetched ${(server.sent() / 1e6).toFixed(1)} MB.`);
  expect(server.sent()).toBeLessThan(LIMIT_BYTES);
  await page.getByText("What is kept, part by part").click();
  await expectAccessible(page);
  await shot(page, "offline-data");

  server.renew();
  await page.reload();
  const renewed = page.waitForEvent("load");
  await page.getByRole("button", { name: "Use it" }).click({ timeout: 30_000 });
  await renewed;

  await server.close();
  await page.goto(server.address + LINK);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await train(page, 20);
  await openView(page, "Try it");
  const question = page.locator("#try-it-query");
  await question.fill("Haus");
  await question.press("Enter");
  await expect(page.getByText("“Haus” in").first()).toBeVisible();
  await openView(page, "Study");
  const [study] = JSON.parse(readFileSync("public/studies/index.json", "utf8")) as [{ title: string }];
  await page.getByRole("button", { name: study.title }).first().click();
  await expect(page.getByRole("article", { name: "What was found" })).toBeVisible();
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toHaveText(/work without a network/, { timeout: 30_000 });
  expect(errors).toEqual([]);
});

test("a visit to a host that packs nothing fetches no more: texts lie packed beside themselves", async ({
  page,
}) => {
  const server = await visit(page, { packs: false });
  console.log(`A visit fetched ${(server.sent() / 1e6).toFixed(1)} MB.`);
  expect(server.sent()).toBeLessThan(LIMIT_BYTES);
  await server.close();
});

test("a visit that was cut says what is missing, and the next one completes it", async ({ page }) => {
  const server = await visit(page);
  const lost = await page.evaluate(loseSome, "/en/");
  expect(lost).toBeGreaterThan(0);
  await server.close();
  await page.goto(server.address + LINK);
  await page.reload();
  await training(page).getByRole("button", { name: "Train", exact: true }).click();
  await expect(training(page).getByRole("status")).toHaveText("Did not start", { timeout: 60_000 });
  await expect(page.locator(".notices")).toContainText(/\/en\/\S+\.jsonl\.gz: .*\(4 tries\)/);
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toContainText(
    /^Not all of it works without a network: datasets\/cldr-emoji\/en\/\S+ could not be fetched/,
    {
      timeout: 60_000,
    },
  );
  await page.getByText("What is kept, part by part").click();
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: /kB of|MB of/ })
      .first(),
  ).toBeVisible();
  await shot(page, "offline-cut");

  const again = await servePlainly({ port: Number(new URL(server.address).port) });
  await page.reload();
  await expect(standing(page)).toContainText(KEPT, { timeout: 90_000 });
  await again.close();
  await page.goto(server.address + LINK);
  await page.reload();
  await train(page, 20);
});

/** Runs in the page. @returns how many kept files of such paths there were, which are gone now */
async function loseSome(words: string): Promise<number> {
  let lost = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) if (url.includes(words) && (await cache.delete(url))) lost++;
  }
  return lost;
}

test("what an older version of the page has kept works without a network, and is said to be older", async ({
  page,
}) => {
  const server = await visit(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const file = (await cache.match(url))!;
        await cache.put(url.replace(/kept=.*/, "kept=0123456789abcdef"), file);
        await cache.delete(url);
      }
    }
  });
  await server.close();
  await page.goto(server.address + LINK);
  await page.reload();
  await train(page, 20);
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toHaveText(
    "What runs here was kept by an earlier visit; the newest version comes once there is a network.",
  );
});

test("where the disk is full, the page says so and works as long as the network does", async ({ page }) => {
  const server = await servePlainly();
  await knowTheLab(page);
  const browser = await page.context().newCDPSession(page);
  await browser.send("Storage.overrideQuotaForOrigin", {
    origin: new URL(server.address).origin,
    quotaSize: 4e6,
  });
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toContainText("storage is full", { timeout: 90_000 });
  await page.goto(`${server.address}#${withKeys(TINY, "backend=wasm&steps=4&evalEvery=0")}`);
  await train(page, 4);
  await server.close();
});
