// The newcomer's path in Chromium, on a phone by mouse and in a low window by the keyboard alone, in both themes.
// newcomer.long.spec.ts takes every window by both.
import { test } from "@playwright/test";
import { walkAsNewcomer } from "./newcomer.ts";

// A limit for what hangs: a busy machine takes minutes.
test.setTimeout(600_000);

test("a newcomer's path at 390 × 844, by mouse", ({ page, browser }) =>
  walkAsNewcomer(page, browser, { window: [390, 844], hand: "mouse" }));

test("a newcomer's path at 1280 × 720, by keyboard", ({ page, browser }) =>
  walkAsNewcomer(page, browser, {
    window: [1280, 720],
    hand: "keyboard",
    axe: (station) => /guess|answer/.test(station), // what no other spec comes to
  }));
