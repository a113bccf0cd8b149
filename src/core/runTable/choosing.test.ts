import { describe, expect, it } from "vitest";
import { choose, isChosen, NONE_CHOSEN, stillThere, type Choosing, type Chosen } from "./choosing.ts";

const ROWS = [
  ...["a", "b", "c", "d"].map((id) => ({ id, items: [id] })),
  { id: "group", items: ["x", "y"] },
  { id: "x", items: ["x"] },
  { id: "y", items: ["y"] },
];
const after = (...clicks: readonly (readonly [string, Choosing])[]) =>
  clicks.reduce<Chosen>((now, [id, how]) => choose(now, ROWS, id, how), NONE_CHOSEN);
const items = (chosen: Chosen) => [...chosen.items].join("");

describe("choose", () => {
  it("takes one alone, one more, and a stretch from the last one taken by itself", () => {
    expect(items(after(["b", "alone"], ["d", "alone"]))).toBe("d");
    expect(items(after(["b", "alone"], ["d", "toggle"]))).toBe("bd");
    expect(items(after(["b", "alone"], ["b", "toggle"]))).toBe("");
    expect(items(after(["d", "alone"], ["b", "stretch"]))).toBe("bcd");
    expect(items(after(["c", "alone"], ["a", "stretch"], ["d", "stretch"]))).toBe("cd");
    expect(items(after(["c", "stretch"]))).toBe("c");
    expect(after(["c", "alone"], ["d", "stretch"])).toMatchObject({ anchor: "c", active: "d" });
  });

  it("takes all of a group, and lets go of all of it", () => {
    expect(items(after(["group", "alone"]))).toBe("xy");
    expect(items(after(["d", "alone"], ["group", "stretch"]))).toBe("dxy");
    expect(items(after(["x", "alone"], ["group", "toggle"]))).toBe("xy");
    expect(items(after(["a", "alone"], ["group", "toggle"], ["group", "toggle"]))).toBe("a");
    expect(isChosen(after(["x", "alone"]), ROWS[4]!)).toBe(false);
  });

  it("passes over a row that is not there, and forgets what is gone", () => {
    const chosen = after(["a", "alone"], ["d", "toggle"]);
    expect(choose(chosen, ROWS, "quagga", "alone")).toBe(chosen);
    expect(items(stillThere(chosen, new Set(["a", "b"])))).toBe("a");
    expect(stillThere(chosen, new Set(["a", "d"]))).toBe(chosen);
  });
});
