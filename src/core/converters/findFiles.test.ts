// Which of the given files a converter takes: by whole names, in one order, and none for another.
import { describe, expect, it } from "vitest";
import { memoryFile } from "../formats/sourceFile.ts";
import { findFile, findFiles, findTogether, hasFile } from "./findFiles.ts";

const files = (...names: string[]) => names.map((name) => memoryFile(name, ""));
const names = (found: ReturnType<typeof findFiles>) => found.map(({ file }) => file.name);

describe("findFiles", () => {
  it("takes names that fit as a whole, in whatever folder, with the pattern's groups", () => {
    const given = files("b/sw-en.txt", "a/de.txt", "sw.txt.gz", "xsw.txt", "SW.txt");
    const found = findFiles(given, /([a-z]{2})(-[a-z]{2})?\.txt/);
    expect(found.map(({ parts }) => parts)).toEqual([
      ["de", ""],
      ["sw", "-en"],
    ]);
  });

  it("gives one order, by name and not by folder, whatever the order given", () => {
    const one = ["z/a.txt", "a/b.txt", "Z.txt", "ä.txt"];
    const order = ["Z.txt", "z/a.txt", "a/b.txt", "ä.txt"]; // by code unit, as on every machine
    expect(names(findFiles(files(...one), /.*\.txt/))).toEqual(order);
    expect(names(findFiles(files(...one.toReversed()), /.*\.txt/))).toEqual(order);
  });

  it("refuses two files of one name, and lists them by path where a set has them so", () => {
    const twice = files("b/x.txt", "a/x.txt");
    expect(() => findFiles(twice, /x\.txt/)).toThrow("a/x.txt and b/x.txt have one name: give one of them");
    expect(names(findTogether(twice, /x\.txt/))).toEqual(["a/x.txt", "b/x.txt"]);
  });

  it("names the one that is missing", () => {
    expect(findFile(files("a/x.txt"), /x\.txt/, "x.txt").name).toBe("a/x.txt");
    expect(() => findFile(files("x.txt.bak"), /x\.txt/, "x.txt")).toThrow("x.txt is missing");
  });

  it("does not take a name that only begins or ends so", () => {
    expect(hasFile(["a/x.txt"], /x\.txt/)).toBe(true);
    for (const name of ["x.txt/y", "ax.txt", "x.txta", "", "x.txt/"])
      expect(hasFile([name], /x\.txt/), name).toBe(false);
  });
});
