// A benchmark from its official address: damaged it is refused by name, whole it becomes a dataset.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { openLab } from "./lab.ts";

const data = process.env["LAB_DATA_DIR"];

test("a damaged download is refused by name, and the whole one is added", async ({ context, page }) => {
  test.skip(!data, "SKIPPED: LAB_DATA_DIR does not name a folder with nusax");
  let damage = true;
  await context.route("https://raw.githubusercontent.com/**", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/datasets/")[1]!;
    const body = await readFile(join(data!, "nusax", name));
    if (damage) body[100] = body[100]! ^ 1;
    await route.fulfill({ body, headers: { "access-control-allow-origin": "*" } });
  });
  await openLab(page, "/data");
  const offer = page.getByRole("article", { name: /NusaX/ });
  const accept = async () => {
    await offer.getByRole("button", { name: /Download/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Accept and download" }).click();
  };
  await accept();
  await expect(page.getByText("Nothing was added")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/nusax\/.*\.csv: .*sha256/)).toBeVisible();

  damage = false;
  await accept();
  const added = page.getByRole("article", { name: /NusaX/ });
  await expect(added.getByRole("button", { name: "Train on it" })).toBeVisible({ timeout: 60_000 });
  await expect(added).toContainText("12 languages");
});
