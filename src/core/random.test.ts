import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";

describe("createRandom", () => {
  it("repeats itself for one seed and differs for the next", () => {
    const draw = (seed: number) =>
      Array.from({ length: 5 }, () => 0).map(
        (
          (r) => () =>
            r.next()
        )(createRandom(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("forks by name, untouched by draws made before", () => {
    const a = createRandom(1);
    const b = createRandom(1);
    for (let i = 0; i < 10; i++) b.next();
    expect(a.fork("eval").next()).toBe(b.fork("eval").next());
    expect(a.fork("eval").next()).not.toBe(a.fork("batches").next());
    expect(a.fork("a").fork("b").next()).not.toBe(a.fork("b").fork("a").next());
  });

  it("draws uniformly: mean 1/2, variance 1/12", () => {
    const random = createRandom(3);
    const xs = Array.from({ length: 20_000 }, () => random.next());
    const mean = xs.reduce((s, x) => s + x, 0) / xs.length;
    const variance = xs.reduce((s, x) => s + (x - mean) ** 2, 0) / xs.length;
    // standard error of the mean: sqrt(1/12/20000) = 0.002; five of them
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.005);
  });

  it("draws normals with mean 0 and variance 1", () => {
    const random = createRandom(4);
    const xs = Array.from({ length: 20_000 }, () => random.normal());
    const mean = xs.reduce((s, x) => s + x, 0) / xs.length;
    expect(Math.abs(mean)).toBeLessThan(0.035); // 5 x 1/sqrt(20000)
    expect(Math.abs(xs.reduce((s, x) => s + x * x, 0) / xs.length - 1)).toBeLessThan(0.05); // 5 x sqrt(2/20000)
  });

  it("weights its draws and never draws a zero weight", () => {
    const random = createRandom(5);
    const counts = [0, 0, 0];
    for (let i = 0; i < 9000; i++) counts[random.weighted([1, 0, 2])]! += 1;
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[2]! / 9000 - 2 / 3)).toBeLessThan(0.025); // 5 x sqrt(2/9/9000)
  });

  it("shuffles to a permutation", () => {
    const items = createRandom(6).shuffle(Array.from({ length: 100 }, (_, i) => i));
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(items).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("names the offending value", () => {
    expect(() => createRandom(-1)).toThrow("got -1");
    expect(() => createRandom(1).int(0)).toThrow("got 0");
    expect(() => createRandom(1).weighted([0, 0])).toThrow("[0, 0]");
  });
});
