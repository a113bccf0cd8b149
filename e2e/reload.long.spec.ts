// The page is reloaded at random moments of loading and training, again and again: kept runs stay, the next run is right.
import { expect, test } from "@playwright/test";
import { createRandom } from "../src/core/random.ts";
import { rounds } from "../src/testing/longLane.ts";
import { openLab, tableOf, TINY, train, withKeys } from "./lab.ts";

const ROUNDS = rounds({ short: 4, long: 150 });

test(`${ROUNDS} reloads in the middle of training lose no finished run and bend no number`, async ({
  page,
}) => {
  const errors = await openLab(page, withKeys(TINY, "backend=wasm"));
  await train(page, 40);
  const map = await tableOf(page, /^mAP: Mo, Cr and Mul/);
  expect(map.map((row) => row[0])).toEqual(["0", "20", "40"]);

  const runs = page
    .getByRole("region", { name: /^Runs/ })
    .or(page.getByRole("complementary", { name: "Runs" }))
    .first();
  const trainButton = page.getByRole("button", { name: "Train", exact: true });
  const random = createRandom(20261128);
  for (let round = 0; round < ROUNDS; round++) {
    await trainButton.click();
    await page.waitForTimeout(random.int(2500)); // TINY takes about as long
    await page.reload();
    await expect(runs).toContainText("Finished");
    await expect(trainButton).toBeEnabled();
  }
  await train(page, 40);
  expect(await tableOf(page, /^mAP: Mo, Cr and Mul/)).toEqual(map);
  expect(errors).toEqual([]);
});
