// The guide beside the built page, in a folder of a plain host: reached from the help, readable by everybody, without its
// pictures (which `npm run guide` takes).
import { expect, test } from "@playwright/test";
import { SOURCES } from "../scripts/guide/guideText.ts";
import { expectAccessibleEverywhere, knowTheLab } from "./lab.ts";
import { servePlainly } from "./plainServer.ts";

test("is opened from the help, and every page is there in any folder", async ({ page, context }) => {
  const server = await servePlainly();
  await knowTheLab(page);
  await page.goto(server.address);
  await page.getByRole("button", { name: "Help", exact: true }).click();
  const opened = context.waitForEvent("page");
  await page.getByRole("dialog").getByRole("link", { name: "guide", exact: true }).click();
  const guide = await opened;
  await expect(guide).toHaveURL(`${server.address}guide/index.html`);
  await expect(guide.getByRole("img").first()).toHaveAccessibleName(/first visit/); // in words while there is no picture
  for (const { to } of SOURCES) {
    const answer = await guide.request.get(`${server.address}guide/${to}`);
    expect(answer.status(), to).toBe(200);
  }
  for (const to of ["numbers.html", "reference/metrics.html"]) {
    await guide.goto(`${server.address}guide/${to}`);
    await expectAccessibleEverywhere(guide, `guide-${to.replace(/\W/g, "-")}`);
  }
  await guide.getByRole("link", { name: "Hybrid Batch Lab" }).click();
  await expect(guide.getByRole("heading", { level: 1 })).toContainText("Hybrid Batch Lab");
  await server.close();
});
