// The newcomer's path in every window by every hand, each station seen by axe in both themes.
import { test } from "@playwright/test";
import { rounds } from "../src/testing/longLane.ts";
import { walkAsNewcomer } from "./newcomer.ts";

test.skip(
  rounds({ short: 0, long: 1 }) === 0,
  "SKIPPED: the short form, newcomer.spec.ts walks two (docs/testing.md)",
);

const WINDOWS = [
  [390, 844],
  [1280, 720],
  [1440, 900],
  [1920, 1080],
] as const;

for (const window of WINDOWS) {
  for (const hand of ["mouse", "keyboard"] as const) {
    test(`a newcomer's path at ${window.join(" × ")}, by ${hand}, with axe`, ({ page, browser }) =>
      walkAsNewcomer(page, browser, { window, hand, axe: () => true }));
  }
}
