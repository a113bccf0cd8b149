// How many trainers fit a machine.
import { expect, it } from "vitest";
import { trainersBeside } from "./trainersBeside.ts";

const GiB = 2 ** 30;

it("is one a core, as far as half the memory goes, at least one and at most eight", () => {
  expect(trainersBeside({ cores: 2, memoryGiB: 8 }, GiB)).toBe(2);
  expect(trainersBeside({ cores: 16, memoryGiB: 8 }, GiB / 4)).toBe(8); // 16 would fit
  expect(trainersBeside({ cores: 8, memoryGiB: 4 }, 0.6 * GiB)).toBe(3); // 2 / 0.6
  expect(trainersBeside({ cores: 4, memoryGiB: 1 }, 2 * GiB)).toBe(1);
});
