import { describe, expect, it } from "vitest";
import { migrate, migrateStored, newestVersion, type StoredObject } from "./migrate.ts";

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

describe("what a store hands back", () => {
  const steps = {
    1: ({ name, ...rest }: StoredObject) => ({ ...rest, title: name }),
    2: (value: StoredObject) => ({ ...value, starred: false }),
  };

  it("is brought to the newest version, which the steps say", () => {
    expect([
      newestVersion(steps),
      newestVersion({}),
      newestVersion({}, 0),
      newestVersion({ 0: (x: string) => x }, 0),
    ]).toEqual([3, 1, 0, 1]);
    const today = { format: 3, title: "Hybrid", starred: false };
    expect(migrateStored({ format: 1, name: "Hybrid" }, "format", steps)).toEqual(today);
    expect(migrateStored({ format: 2, title: "Hybrid" }, "format", steps)).toEqual(today);
  });

  it("stays as it is where it is of today, of a newer lab or of no version", () => {
    const others = [
      { format: 3 },
      { format: 4 },
      { format: 0 },
      { format: 1.5 },
      { format: "1" },
      {},
      [1],
      null,
      "x",
      undefined,
    ];
    for (const value of others) expect(migrateStored(value, "format", steps)).toBe(value);
  });
});
