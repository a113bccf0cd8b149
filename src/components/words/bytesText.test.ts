import { expect, it } from "vitest";
import { bytesText } from "./bytesText.ts";

it("writes sizes in decimal units with two digits at least where they matter", () => {
  expect([0, 999, 12_345, 999_600, 3_440_000, 9_960_000, 1.2e9, 5e15].map(bytesText)).toEqual([
    "0 B",
    "999 B",
    "12 kB",
    "1.0 MB",
    "3.4 MB",
    "10 MB",
    "1.2 GB",
    "5000 TB",
  ]);
});
