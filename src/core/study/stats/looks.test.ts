import { expect, it } from "vitest";
import { createRandom } from "../../random.ts";
import { endedAt, plannedLooks, withAddedLooks, looksHad } from "./looks.ts";
import { maxT, type Look } from "./maxT.ts";

it("spends alpha by Pocock's function, all of it by the end", () => {
  // 9 seeds of 12: .05 ln(1 + 1.71828 x .75) = .05 ln 2.28871 = .041399
  const looks = plannedLooks([9, 12]);
  expect(looks[0]!.spent).toBeCloseTo(0.0413994, 6);
  expect(looks[1]).toEqual({ n: 12, spent: expect.closeTo(0.05, 12) as number });
});

it("lets six seeds of many find something, and five nothing", () => {
  // Pocock: .05 ln(1 + 1.71828 / 4) = .0179, but the least p of six seeds is 2 / 64
  expect(plannedLooks([6, 24])[0]!.spent).toBe(2 / 64);
  expect(plannedLooks([5, 24])[0]!.spent).toBeLessThan(2 / 32);
});

it("gives a look after the end only what sign patterns left", () => {
  const looks = withAddedLooks(plannedLooks([6]), [9]);
  expect(looks.map(({ n }) => n)).toEqual([6, 9]);
  expect(looks[1]!.spent).toBe(looks[0]!.spent);
  expect(looksHad(looks, 8).map(({ n }) => n)).toEqual([6]);
  expect(() => withAddedLooks(plannedLooks([6]), [6])).toThrow("must ascend");
  expect(() => plannedLooks([])).toThrow("must ascend");
});

it("lets a study end early, where runs failed", () => {
  const looks = plannedLooks([6, 10]);
  expect(endedAt(looks, 9)).toEqual([looks[0], { n: 9, spent: looks[1]!.spent }]);
  expect(endedAt(looks, 6)).toEqual([{ n: 6, spent: looks[1]!.spent }]);
  expect(endedAt(looks, 10)).toEqual(looks);
});

const DRAWS = 1000; // sd of a share of .05: .0069
/** Share of studies of one cell like its control in which any look finds a difference. */
function falseShare(rejects: (d: readonly number[]) => boolean, seeds: number): number {
  const random = createRandom(8).fork("looks");
  let found = 0;
  for (let i = 0; i < DRAWS; i++) if (rejects(Array.from({ length: seeds }, () => random.normal()))) found++;
  return found / DRAWS;
}
const rejectsAt = (looks: readonly Look[]) => (d: readonly number[]) =>
  maxT([d], looks).rejectedAt[0] !== undefined;

it.each([
  ["planned: 6, 9", plannedLooks([6, 9])],
  ["planned: 6, 7, 8, 9, 10", plannedLooks([6, 7, 8, 9, 10])],
  ["added: 6, then 9", withAddedLooks(plannedLooks([6]), [9])],
  ["added: 8, then 10", withAddedLooks(plannedLooks([8]), [10])],
])("finds what is not there in at most 5 % of studies, %s", (_, looks) => {
  expect(falseShare(rejectsAt(looks), looks.at(-1)!.n)).toBeLessThan(0.05 + 3 * 0.0069);
});

it("would in more than 10 % with five free looks (in 14 % at 6, 9, 12, 15 and 18 seeds)", () => {
  const free = [6, 8, 10, 12, 14];
  const rejects = (d: readonly number[]) => free.some((n) => rejectsAt([{ n, spent: 0.05 }])(d.slice(0, n)));
  const share = falseShare(rejects, 14);
  expect(share).toBeGreaterThan(0.1);
});
