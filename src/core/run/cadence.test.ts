import { expect, it } from "vitest";
import { parseCadence } from "./cadence.ts";

it("reads steps and seconds", () => {
  expect(parseCadence("50", "x")).toEqual({ steps: 50 });
  expect(parseCadence(" 30s ", "x")).toEqual({ seconds: 30 });
});

it.each(["", "0", "0s", "-5", "1.5", "30 s", "30m", "s", "9999999", "５０"])(
  "refuses %j in one sentence",
  (text) => {
    expect(() => parseCadence(text, "--checkpoint-every")).toThrow(
      `--checkpoint-every must be a number of steps, such as 50, or of seconds, such as 30s, got "${text}"`,
    );
  },
);
