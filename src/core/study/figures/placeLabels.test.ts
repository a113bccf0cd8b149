import { describe, expect, it } from "vitest";
import { placeLabels } from "./placeLabels.ts";

const FRAME = { left: 0, right: 200, top: 0, bottom: 100 };
const HEIGHT = 10;
const place = (...marks: { x: number; y: number; width: number }[]) => placeLabels(marks, FRAME, HEIGHT);

describe("labels of marks", () => {
  it("stand to the right and a little above where there is room", () => {
    expect(place({ x: 50, y: 50, width: 40 })).toEqual([{ x: 56, y: 45 }]); // 50 + 6, 50 - 6 + 1
  });

  it("stand to the left at the right edge, and below at the upper one", () => {
    expect(place({ x: 180, y: 50, width: 40 })).toEqual([{ x: 134, y: 45 }]); // 180 - 6 - 40
    expect(place({ x: 50, y: 6, width: 40 })).toEqual([{ x: 56, y: 19 }]); // 6 + 6 + 8 - 1
  });

  it("leave marks, other labels and what is kept free", () => {
    const [first, second] = place({ x: 50, y: 50, width: 40 }, { x: 70, y: 50, width: 40 });
    expect(first).toEqual({ x: 4, y: 45 }); // 50 - 6 - 40; on the right it would cover the second mark
    expect(second).toEqual({ x: 76, y: 45 });
    const kept = [{ left: 60, right: 61, top: 0, bottom: 100 }];
    expect(placeLabels([{ x: 50, y: 50, width: 40 }], FRAME, HEIGHT, kept)).toEqual([{ x: 4, y: 45 }]);
  });

  it("stand further off, with a line to them, where the places round their mark are taken", () => {
    const kept = [{ left: 0, right: 200, top: 40, bottom: 60 }];
    expect(placeLabels([{ x: 50, y: 50, width: 40 }], FRAME, HEIGHT, kept)).toEqual([
      { x: 70, y: 30, lead: { x: 68, y: 32 } }, // 50 + 18 + 2; 50 - 18, and a fifth of the letters hangs below
    ]);
  });

  it("are left out where no place is free", () => {
    expect(place({ x: 50, y: 50, width: 400 })).toEqual([undefined]);
  });
});
