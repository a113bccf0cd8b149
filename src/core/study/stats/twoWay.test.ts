import { describe, expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { twoWayInterval } from "./twoWay.ts";

describe("twoWayInterval", () => {
  it("takes its parts from the mean squares of seeds, clusters and the rest", () => {
    // 1 2 / 3 6: mean 3; rows 1.5 4.5: MS 2 x 4.5 = 9; columns 2 4: MS 2 x 2 = 4; left +-.5 four times: MS 1
    // Var of the mean: (9 + 4 - 1) / 4 = 3; df 144 / (81 + 16 + 1)
    const found = twoWayInterval([
      [1, 2],
      [3, 6],
    ]);
    expect(found).toMatchObject({ mean: 3, seeds: 4, clusters: 1.5, rest: 1 });
    expect(found.df).toBeCloseTo(144 / 98, 12);
    expect(found.high - found.mean).toBeCloseTo(found.mean - found.low, 12);
    // t at 1.469 degrees of freedom lies between 12.7 (1) and 4.3 (2)
    expect((found.high - 3) / Math.sqrt(3)).toBeGreaterThan(4.3);
    expect((found.high - 3) / Math.sqrt(3)).toBeLessThan(12.7);
  });

  it("has no width where nothing varies, and wants two of each", () => {
    expect(twoWayInterval([new Float64Array([2, 2]), [2, 2]])).toMatchObject({ low: 2, high: 2 });
    expect(() => twoWayInterval([[1, 2]])).toThrow("got 1 of 2");
    expect(() => twoWayInterval([[1, 2], [1]])).toThrow("the same 2 clusters");
  });

  const STUDIES = 600; // sd of .95: .0089
  const coverage = (n: number, m: number, [seeds, clusters, rest]: readonly number[]) => {
    const random = createRandom(7).fork(`${n}.${m}`);
    let covered = 0;
    for (let study = 0; study < STUDIES; study++) {
      const ofClusters = Array.from({ length: m }, () => clusters! * random.normal());
      const table = Array.from({ length: n }, () => {
        const ofSeed = seeds! * random.normal();
        return ofClusters.map((of) => of + ofSeed + rest! * random.normal());
      });
      const { low, high } = twoWayInterval(table);
      if (low <= 0 && 0 <= high) covered++;
    }
    return covered / STUDIES;
  };

  it.each([
    ["seeds and questions matter alike", 3, [0.3, 1, 1]],
    ["seeds and questions matter alike", 6, [0.4, 1, 1]],
    ["seeds and questions matter alike", 10, [0.5, 1, 1]],
    ["seeds matter most", 3, [1, 0.5, 1]],
    ["seeds matter most", 10, [1, 0.5, 1]],
    ["questions matter most", 3, [0.02, 1, 0.5]],
    ["questions matter most", 6, [0.02, 1, 0.5]],
  ] as const)("covers new seeds and new questions in 92 to 97 %%: %s, %i seeds", (_, n, sds) => {
    const share = coverage(n, 40, sds);
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.97);
  });
});
