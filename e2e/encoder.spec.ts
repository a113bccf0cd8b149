// The shipped encoders in the page: a start, a teacher, the map of concepts, and the model given back.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openLab, openView, train } from "./lab.ts";

const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

test("a first visit fetches no encoder, and its run only the one that it starts at", async ({ page }) => {
  const folders = new Set<string>();
  page.context().on("request", (request) => {
    const folder = /\/models\/([^/]+)\//.exec(request.url())?.[1];
    if (folder !== undefined) folders.add(folder);
  });
  const errors = await openLab(page);
  await page.getByRole("heading", { name: "Encoder", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Encoder" })).toHaveValue("distilled-bag-37k");
  await page.getByText("Compare where they begin").click();
  const begins = page.getByRole("region", { name: "Where encoders begin, table" });
  await expect(begins.getByRole("row", { name: /^distilled-mini/ })).toContainText(".612.155.1247,14753.4");
  if (SHOTS)
    await page.locator("details.panel", { has: begins }).screenshot({ path: `${SHOTS}/encoders.png` });
  await page.waitForLoadState("networkidle");
  expect([...folders]).toEqual([]);
  await page.goto(
    "./#v=10&preset=quickstart&langs=en,de&heldOut=none&batch=32&steps=2&live=200&backend=wasm",
  );
  await train(page, 2);
  expect([...folders]).toEqual(["distilled-bag-37k"]);
  expect(errors).toEqual([]);
});

test("a run starts at distilled-mini, learns from distilled-weak, is mapped and given back", async ({
  page,
}) => {
  const errors = await openLab(
    page,
    "v=2&preset=hybrid&langs=en,de&heldOut=none&batch=32&steps=6&evalEvery=3&live=200&backend=wasm&distil=cosine&teacher=distilled-weak",
  );
  await train(page, 6);
  await expect(page.getByRole("heading", { name: /teacher/i }).first()).toBeVisible();

  await openView(page, "Languages");
  await expect(page.getByText(/A right answer in another language is nearer/)).toBeVisible();
  await page.getByRole("radio", { name: "Map", exact: true }).check();
  await expect(page.getByText(/of the variance/).first()).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download model" }).click();
  const bytes = await readFile(await (await download).path());
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004"); // a zip
  expect(bytes.includes("model.safetensors")).toBe(true);
  expect(errors).toEqual([]);
});
