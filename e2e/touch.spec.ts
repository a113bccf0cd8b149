// A finger and the keyboard get what a mouse reads by resting on it: titles, why a button is inactive, what a chart says of a place.
import { expect, test } from "@playwright/test";
import { openLab, openView, TINY, train, training, withKeys } from "./lab.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("titles are told to a finger that rests or has nothing to press, and to the focus", async ({ page }) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm&steps=4&evalEvery=2"));
  const told = page.locator(".hint-words:popover-open");
  const stop = training(page).getByRole("button", { name: "Stop" });
  await stop.tap({ force: true }); // inactive: nothing trains
  await expect(told).toHaveText("Stop after a full evaluation");
  await page.touchscreen.tap(195, 400);
  await expect(told).toHaveCount(0);

  // A finger that rests on Step asks what it does, and does not do it.
  const step = (await training(page).getByRole("button", { name: "Step" }).boundingBox())!;
  const browser = await page.context().newCDPSession(page);
  const touchPoints = [{ x: step.x + step.width / 2, y: step.y + step.height / 2 }];
  await browser.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await expect(told).toHaveText("Train one step, then pause (.)");
  await browser.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await page.waitForTimeout(300);
  await expect(training(page).getByRole("status")).toHaveText("Ready to train");

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("title"));
  while ((await focused()) === null) await page.keyboard.press("Tab");
  await expect(told).toHaveText((await focused())!);
  await page.keyboard.press("Escape");
  await expect(told).toHaveCount(0);

  await train(page, 4);
  await openView(page, "Languages");
  const readout = page.locator(".grid-readout").first();
  const idle = await readout.innerText();
  await page.locator(".grid tbody td").first().tap();
  await expect(readout).not.toHaveText(idle); // and stays once the finger is lifted
  await openView(page, "Watch");
  await page.getByRole("figure", { name: /^mAP/ }).locator(".chart-plot").tap();
  await expect(page.locator(".chartTip")).toBeVisible();
  expect(errors).toEqual([]);
});
