import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FEATURES, missingFeatures } from "./features.ts";

/** A scope in which every path leads somewhere. */
function wholeScope(): Record<string, Record<string, unknown>> {
  const scope: Record<string, Record<string, unknown>> = {};
  for (const { path } of FEATURES)
    path
      .split(".")
      .reduce<Record<string, unknown>>((at, key) => (at[key] ??= {}) as Record<string, unknown>, scope);
  return scope;
}

describe("what a browser lacks", () => {
  it("is nothing where all is there, and each feature by itself where it was taken away", () => {
    expect(missingFeatures(wholeScope())).toEqual([]);
    for (const feature of FEATURES) {
      const scope = wholeScope();
      const keys = feature.path.split(".");
      const holder = keys
        .slice(0, -1)
        .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, scope);
      delete holder[keys.at(-1)!];
      expect(missingFeatures(scope)).toEqual([feature]);
    }
  });

  it("is all of it in an empty scope, and storage that throws when it is looked at", () => {
    expect(missingFeatures({})).toEqual(FEATURES);
    const scope = Object.defineProperty(wholeScope(), "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
    expect(missingFeatures(scope).map(({ name }) => name)).toEqual(["Settings"]);
  });

  it("stands in docs/browsers.md, row for row", () => {
    const text = readFileSync("docs/browsers.md", "utf8");
    const rows = [...text.matchAll(/^\| ([^|]+?) +\| `([^`]+)` +\|.*\| ([^|]+?) +\|$/gm)];
    expect(rows.map(([, name, path, without]) => [name, path, without])).toEqual(
      FEATURES.map(({ name, path, without }) => [name, path, without]),
    );
  });
});
