// Circles planted in an invented tree, each reported; and what is no circle, let through.
import { describe, expect, it } from "vitest";
import { findCycles, judgeCycles } from "./cycles.mjs";

const found = (tree: Record<string, string>) => findCycles(new Map(Object.entries(tree)));

describe("circles of files", () => {
  it.each([
    ["a value", 'import { b } from "./b.ts";'],
    ["a type", 'import type { B } from "./b.ts";'],
    ["a type among values", 'import { type B } from "./b.ts";'],
    ["a type in place", 'export type A = import("./b.ts").B;'],
    ["import()", 'export const load = () => import("./b.ts");'],
    ["export from", 'export { b } from "./b.ts";'],
    ["the file for its effects", 'import "./b.ts";'],
    ["a file as an address", 'import b from "./b.ts?url";'],
  ])("counts an import of %s", (_, line) => {
    const tree = { "x/a.ts": line, "x/b.ts": 'import type { A } from "./a.ts";' };
    expect(found(tree)).toEqual({ files: [["x/a.ts", "x/b.ts"]], folders: [] });
    expect(judgeCycles(found(tree), [])).toEqual(["A circle of files: x/a.ts ↔ x/b.ts"]);
  });

  it("counts a long way round once", () => {
    const tree = {
      "a.ts": 'import "./b.ts";',
      "b.ts": 'import "./c.tsx";',
      "c.tsx": 'import "./a.ts"; import "./d.ts";',
      "d.ts": "",
    };
    expect(found(tree).files).toEqual([["a.ts", "b.ts", "c.tsx"]]);
  });

  it("lets packages, comments, text and a worker's address through", () => {
    const tree = {
      "a.ts":
        '// import "./b.ts";\nconst s = `import "./b.ts"`; new Worker(new URL("./b.ts", import.meta.url));',
      "b.ts": 'import "./a.ts"; import "react";',
    };
    expect(found(tree)).toEqual({ files: [], folders: [] });
  });
});

describe("circles of folders", () => {
  it("counts folders that depend on each other, though no file does, and names the imports", () => {
    const tree = {
      "x/a.ts": 'import "../y/a.ts";',
      "y/a.ts": "",
      "y/b.ts": 'import type { X } from "../x/b.ts"; import "./a.ts";',
      "x/b.ts": "",
    };
    expect(found(tree)).toEqual({
      files: [],
      folders: [{ names: ["x", "y"], imports: ["x/a.ts → y/a.ts", "y/b.ts → x/b.ts"] }],
    });
    expect(judgeCycles(found(tree), [])).toEqual([
      "A circle of folders: x ↔ y",
      "  x/a.ts → y/a.ts",
      "  y/b.ts → x/b.ts",
    ]);
    expect(judgeCycles(found(tree), ["x ↔ y"])).toEqual([]);
  });

  it("counts an entry beside the folder it starts, if the folder asks back", () => {
    const entry = { "x/entry.ts": 'import "./parts/part.ts";', "x/parts/part.ts": "" };
    expect(found(entry).folders).toEqual([]);
    const back = { ...entry, "x/words.ts": "", "x/parts/part.ts": 'import "../words.ts";' };
    expect(found(back).folders.map(({ names }) => names)).toEqual([["x", "x/parts"]]);
  });

  it("lets a one-way tree through", () => {
    const tree = { "x/a.ts": 'import "../y/a.ts";', "x/b.ts": 'import "../y/a.ts";', "y/a.ts": "" };
    expect(judgeCycles(found(tree), [])).toEqual([]);
  });

  it("asks that a circle which is gone be taken off the list", () => {
    expect(judgeCycles(found({ "x/a.ts": "", "y/a.ts": "" }), ["x ↔ y"])).toEqual([
      "No circle any more, so take it off the list in scripts/cycles.mjs: x ↔ y",
    ]);
  });
});
