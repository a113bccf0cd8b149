import { expect, it } from "vitest";
import { migrate } from "./migrate.ts";

const steps = {
  1: (text: string) => `${text} one`,
  3: (text: string) => `${text} three`,
  10: (text: string) => `${text} ten`,
};

it("takes a value through the steps from its version on, in the order of versions", () => {
  expect(migrate("", 1, steps)).toBe(" one three ten");
  expect(migrate("", 2, steps)).toBe(" three ten");
  expect(migrate("", 4, steps)).toBe(" ten");
  expect(migrate("as it was", 11, steps)).toBe("as it was");
});

it("ends at once, whatever the version", () => {
  for (const from of [-Infinity, -1e300, 0.5]) expect(migrate("", from, steps)).toBe(" one three ten");
  for (const from of [NaN, Infinity, 1e300]) expect(migrate("", from, steps)).toBe("");
});
