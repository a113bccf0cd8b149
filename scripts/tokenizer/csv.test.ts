// Cells as RFC 4180 has them.
import { describe, expect, it } from "vitest";
import { parse } from "./csv.ts";

describe("parse", () => {
  it("reads plain, empty, quoted and broken cells", () => {
    expect(parse('a,,"b, ""c"""\r\n"two\nlines",x,\n')).toEqual([
      ["a", "", 'b, "c"'],
      ["two\nlines", "x", ""],
    ]);
  });

  it("reads a last row without a line break", () => {
    expect(parse("a,b\nc,d")).toEqual([["a", "b"], ["c", "d"]]); // prettier-ignore
  });

  it("refuses a quote inside a plain cell, and says where", () => {
    expect(() => parse('ab"c,d\n')).toThrow("csv: stray quote at character 0");
  });
});
