// What is given away beside the plain link: HTML that is well formed, and codes that a camera can read.
import { describe, expect, it } from "vitest";
import { codeOf, LONGEST_CODE } from "./codeOf.ts";
import { frameText, USUAL_FRAME } from "./frameText.ts";

describe("the frame", () => {
  it("keeps the link and the title whole, whatever marks are in them", () => {
    const html = frameText("https://lab.example/#v=4&preset=mono", 'a "<b>"', USUAL_FRAME);
    expect(html).toContain(
      'src="https://lab.example/?view=embed#v=4&amp;preset=mono" title="a &quot;&lt;b&gt;&quot;"',
    );
    expect(html).toContain('width="100%" height="760"');
    expect(frameText("https://lab.example/#v=4", "a", { ...USUAL_FRAME, width: 320 })).toContain(
      'width="320"',
    );
  });
});

describe("the code", () => {
  /** Dark squares, read from the path. */
  const squaresOf = ({ side, path }: NonNullable<ReturnType<typeof codeOf>>) => {
    const rows = Array.from({ length: side }, () => ".".repeat(side).split(""));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g))
      rows[Number(y)]!.fill("#", Number(x), Number(x) + Number(width));
    return rows.map((row) => row.join(""));
  };

  it("has its three corners within four squares of white", () => {
    const rows = squaresOf(codeOf("https://lab.example/#v=4&preset=mono")!);
    expect(rows.slice(0, 4).join("")).toMatch(/^\.+$/);
    const corner = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
    expect(rows.slice(4, 11).map((row) => row.slice(4, 11))).toEqual(corner);
    expect(rows.slice(4, 11).map((row) => row.slice(-11, -4))).toEqual(corner);
    expect(rows.slice(-11, -4).map((row) => row.slice(4, 11))).toEqual(corner);
    expect(rows.every((row) => row.startsWith("....") && row.endsWith("...."))).toBe(true);
  });

  it("has at most 117 squares a side, and is none beyond", () => {
    expect(codeOf("a".repeat(LONGEST_CODE))!.side).toBeLessThanOrEqual(117 + 8);
    expect(codeOf("a".repeat(LONGEST_CODE + 1))).toBeUndefined();
  });
});
