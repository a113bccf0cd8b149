// The newcomer's path in Chromium, by the keyboard alone, in both themes; newcomer.firefox.spec.ts takes it by mouse.
import { test } from "@playwright/test";
import { walkAsNewcomer } from "./newcomer.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

test("a newcomer's path at 1280 × 720, by keyboard", ({ page, browser }) =>
  walkAsNewcomer(page, browser, { window: [1280, 720], hand: "keyboard" }));
