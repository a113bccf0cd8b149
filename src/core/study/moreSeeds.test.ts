import { expect, it } from "vitest";
import { handStudy } from "../../testing/handMadeStudy.ts";
import { continuedStudy, joinedStudy, nextLook, withMoreSeeds } from "./moreSeeds.ts";
import { parseStudy, writtenStudy } from "./parseStudy.ts";

it("counts seeds after the planned end as a look that was added, each time", () => {
  const once = withMoreSeeds(handStudy, 4);
  expect(once).toMatchObject({ seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], looks: [6, 10], addedLooks: 1 });
  expect(withMoreSeeds(once, 2)).toMatchObject({ looks: [6, 10, 12], addedLooks: 2 });
  expect(parseStudy(writtenStudy(once), "s.json")).toEqual(once);
});

it("keeps to the plan where there is one", () => {
  const planned = { ...handStudy, looks: [6, 10] };
  expect(nextLook(planned, 6)).toBe(10);
  expect(nextLook(planned, 10)).toBeUndefined();
  expect(withMoreSeeds(planned, 4)).toEqual({ ...planned, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
});

it("counts the whole of two parts as a look more, unless it was planned or nothing could be tested before", () => {
  const part = (seeds: readonly number[], more: Partial<typeof handStudy> = {}) => ({
    ...handStudy,
    seeds,
    ...more,
  });
  const [first, second] = [
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
  ];
  const both = [...first, ...second];
  expect(joinedStudy(part(first), part(second))).toMatchObject({
    seeds: both,
    looks: [6, 12],
    addedLooks: 1,
  });
  const planned = { looks: [12] };
  expect(joinedStudy(part(first, planned), part(second, planned))).toEqual(part(both, planned));
  expect(joinedStudy(part([1, 2]), part([3, 4]))).toEqual(part([1, 2, 3, 4])); // looks at two seeds find nothing
  expect(joinedStudy(part(first), part(first))).toEqual(part(first)); // other cells of the same seeds
  expect(joinedStudy(part(first), part(both))).toEqual(part(both));
  const again = joinedStudy(part(both, { looks: [6, 12], addedLooks: 1 }), part([13, 14]));
  expect(again).toMatchObject({ looks: [6, 12, 14], addedLooks: 2 });
  expect(parseStudy(writtenStudy(again), "s.json")).toEqual(again);
});

it("takes the first free seeds where numbers end", () => {
  const last = { ...handStudy, seeds: [1, 3, 2 ** 31 - 2] };
  const more = withMoreSeeds(last, 2);
  expect(more.seeds).toEqual([1, 3, 2 ** 31 - 2, 2, 4]);
  expect(parseStudy(writtenStudy(more), "s.json").seeds).toEqual(more.seeds); // it is read again after a reload
});

it("refuses a study none of whose looks was planned", () => {
  const study = { ...writtenStudy(handStudy), looks: [6], addedLooks: 1 };
  expect(() => parseStudy(study, "s.json")).toThrow("addedLooks must be fewer than looks");
});

it("counts a look that another file brings as one that was added, whatever the file says of looks", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const asked = { seeds, looks: [6, 8], addedLooks: 1 };
  expect(continuedStudy(handStudy, { ...handStudy, seeds })).toMatchObject(asked);
  expect(continuedStudy(handStudy, { ...handStudy, seeds, looks: [8] })).toMatchObject(asked);
  expect(continuedStudy(handStudy, { ...handStudy, seeds, looks: [7, 8] })).toMatchObject({
    looks: [6, 7, 8],
    addedLooks: 2,
  });
  const once = withMoreSeeds(handStudy, 2);
  expect(continuedStudy(once, handStudy)).toEqual(once); // no seed goes, no look is forgotten
  expect(continuedStudy(handStudy, { ...handStudy, seeds: [9, 2], title: "T" })).toMatchObject({
    title: "T",
    seeds: [1, 2, 3, 4, 5, 6, 9],
    looks: [6, 7],
  });
  expect(continuedStudy(handStudy, handStudy)).toEqual(handStudy);
});
