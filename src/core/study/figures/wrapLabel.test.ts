import { expect, it } from "vitest";
import { STUDIES, builtInStudy } from "../studies.ts";
import { wrapLabel } from "./wrapLabel.ts";

it("keeps a name that fits, and breaks a longer one between words", () => {
  expect(wrapLabel("mono 20 %", 9)).toEqual(["mono 20 %"]);
  expect(wrapLabel("mono 33 %, the mean of competence", 20)).toEqual([
    "mono 33 %, the mean",
    "of competence",
  ]);
  expect(wrapLabel("mono 50 %, multi 50 %", 20)).toEqual(["mono 50 %, multi", "50 %"]);
});

it("cuts only what two lines cannot hold", () => {
  expect(wrapLabel("one two three four five", 8)).toEqual(["one two", "three f…"]);
  expect(wrapLabel("incomprehensibilities", 8)).toEqual(["incompr…"]);
});

it("shows every name of the lab's own studies whole in the room that a picture of half a page has", () => {
  const letters = Math.floor((0.4 * 380 - 10) / 6); // 380 px wide, two fifths for names, 6 px a letter: 23
  for (const { name } of STUDIES)
    for (const { label } of builtInStudy(name, "classroom").cells)
      expect(wrapLabel(label, letters).join(" ")).toBe(label);
});
