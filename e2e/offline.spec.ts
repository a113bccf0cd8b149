// The built page in a folder of a host that sets no header: threads after one reload, and all that a visit keeps with the
// host gone.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { expectAccessible, knowTheLab, openView, shot, TINY, train } from "./lab.ts";
import { servePlainly } from "./plainServer.ts";

test.use({ serviceWorkers: "allow" });

/** As short as can be, from the quick start’s encoder: that of so old a link is another one. */
const LINK = `#${TINY}&encoder=distilled-bag-37k&backend=wasm&steps=20&evalEvery=10`;
const LIMIT_BYTES = 16e6; // a visit

const standing = (page: Page) => page.getByRole("region", { name: "Without a network" }).getByRole("status");

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
  await expect(standing(page)).toHaveText(/quick start and the recorded studies work without a network/, {
    timeout: 90_000,
  });
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
  const server = await servePlainly({ packs: false });
  await knowTheLab(page);
  await page.goto(`${server.address}#/data`);
  await expect(standing(page)).toHaveText(/quick start and the recorded studies work without a network/, {
    timeout: 90_000,
  });
  console.log(`A visit fetched ${(server.sent() / 1e6).toFixed(1)} MB.`);
  expect(server.sent()).toBeLessThan(LIMIT_BYTES);
  await server.close();
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
  await page.goto(`${server.address}#${TINY}&backend=wasm&steps=4&evalEvery=0`);
  await train(page, 4);
  await server.close();
});
