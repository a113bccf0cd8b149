import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { licenceText, shippedPackages } from "./licences.ts";
import { ROOT } from "./setup.mjs";

const root = mkdtempSync(join(tmpdir(), "licences-"));
afterAll(() => rmSync(root, { recursive: true }));

function put(name: string, facts: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = `node_modules/${name}`;
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, "package.json"), JSON.stringify({ name, version: "1.2.3", ...facts }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, folder, file), text);
  return folder;
}
writeFileSync(join(root, "LICENSE"), "the lab's own");

describe("licences of what is shipped", () => {
  it("are those of the packages whose modules are in a chunk, and of fonts and binaries", () => {
    const chunks = [
      { modules: ["src/main.tsx", "node_modules/react/index.js", "node_modules/@a/b/lib/c.js"] },
      { modules: ["node_modules/react/jsx.js", "../node_modules/x/node_modules/y/z.js"] },
    ];
    expect(shippedPackages(chunks)).toEqual([
      "../node_modules/x/node_modules/y",
      "node_modules/@a/b",
      "node_modules/@fontsource-variable/inter",
      "node_modules/@tensorflow/tfjs-backend-wasm",
      "node_modules/react",
    ]);
  });

  it("are a package's own text, or the text of the licence that it names", () => {
    const text = licenceText(root, [
      put("own", { license: "MIT" }, { "LICENSE.md": "own words" }),
      put("none", { license: "ISC", author: { name: "Ada" } }),
    ]);
    expect(text).toContain("the lab's own");
    expect(text).toContain("own 1.2.3: MIT\n\nown words");
    expect(text).toMatch(/none 1\.2\.3: ISC\n\nCopyright \(c\) Ada\n\nPermission to use, copy/);
  });

  it("that cannot be told end the build", () => {
    expect(() => licenceText(root, [put("odd", { license: "Odd-1" })])).toThrow(
      /odd: has no text of its licence Odd-1/,
    );
    expect(() => licenceText(root, [put("bare", {})])).toThrow(/bare: its package\.json names no licence/);
  });

  it("can be told of every package that the lab depends on", () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const text = licenceText(
      ROOT,
      Object.keys(dependencies).map((name) => `node_modules/${name}`),
    );
    expect(text).toContain("SIL OPEN FONT LICENSE");
    expect(text).toContain("Apache License");
  });
});
