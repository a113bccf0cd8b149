// Signs of life of a computation: rare where nothing changes, and before each long piece of work.
import { afterEach, expect, it } from "vitest";
import { pulse, sendPulsesTo } from "./pulse.ts";

afterEach(() => sendPulsesTo(undefined));

it("are given twice a second at most, and announce what takes long at 10^8 multiplications a second", () => {
  const told: [ms: number, spare: number][] = [];
  let nowMs = 0;
  sendPulsesTo(
    (spare) => told.push([nowMs, spare]),
    () => nowMs,
  );
  for (; nowMs < 1000; nowMs += 100) pulse(1e6);
  pulse(3e8); // 3 s: told as 4
  pulse(3.5e8);
  pulse(1e10); // 100 s: told as 128
  pulse();
  expect(told).toEqual([
    [0, 0],
    [500, 0],
    [1000, 4],
    [1000, 128],
    [1000, 0],
  ]);
});

it("are given to nobody where nobody listens", () => {
  expect(() => pulse(1e12)).not.toThrow();
});
