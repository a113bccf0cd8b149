// The newcomer's path in every window by every hand, each station seen by axe in both themes.
import { test } from "@playwright/test";
import { walkAsNewcomer } from "./newcomer.ts";

const WINDOWS = [
  [390, 844],
  [1280, 720],
  [1440, 900],
  [1920, 1080],
] as const;

for (const window of WINDOWS) {
  for (const hand of ["mouse", "keyboard"] as const) {
    test(`a newcomer's path at ${window.join(" × ")}, by ${hand}, with axe`, ({ page, browser }) =>
      walkAsNewcomer(page, browser, { window, hand, axe: true }));
  }
}
