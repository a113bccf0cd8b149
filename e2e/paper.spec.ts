// The preset of the paper's mix on XQuAD-R, given to a browser that has seen nothing: asked for, told, trained on.
import { expect, test } from "@playwright/test";
import { AGE } from "../src/core/age.ts";
import { openLab } from "./lab.ts";
import { hasXquadR, NO_XQUADR, trainPaperHybrid } from "./paperHybrid.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(900_000);

test("without XQuAD-R it says where to get it", async ({ page }) => {
  const errors = await openLab(page, `v=${AGE}&preset=paper-hybrid`);
  await expect(
    page.getByText(/^Paper: hybrid trains on XQuAD-R.*which is not in this browser yet/),
  ).toBeVisible();
  expect(errors).toEqual([]);
});

test("paper-hybrid trains on two languages on wasm, and its curves move", async ({ page }) => {
  test.skip(!hasXquadR, NO_XQUADR);
  await trainPaperHybrid(page, "langs=en,th&heldOut=none&backend=wasm", {
    steps: 2,
    shot: "paper-two",
    patienceMs: 800_000,
  });
});
