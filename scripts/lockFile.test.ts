import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "..", name), "utf8"));
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };
const wanted = read("package.json") as { dependencies: object; devDependencies: object; overrides: object };

describe("package-lock.json", () => {
  it("holds the optional packages of every platform, or npm ci fails on all", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("pins every package by its hash and names no host to fetch it from", () => {
    for (const [path, { integrity, resolved }] of Object.entries(packages)) {
      if (path === "") continue;
      expect(resolved, path).toBeUndefined();
      // Packages that travel inside another one have no hash of their own.
      expect(integrity !== undefined || path.split("node_modules/").length > 2, path).toBe(true);
    }
  });

  it("belongs to a package.json of exact versions", () => {
    const versions = Object.entries({
      ...wanted.dependencies,
      ...wanted.devDependencies,
      ...wanted.overrides,
    });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});
