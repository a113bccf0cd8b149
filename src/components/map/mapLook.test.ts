// The frame holds every point of both pictures; names prefer English.
import type { MapView } from "../../core/run/views.ts";
import { expect, it } from "vitest";
import { conceptName, frameOf } from "./mapLook.ts";

const point = (concept: number, lang: number, text: string, x: number, y: number) => ({
  concept,
  lang,
  text,
  before: [x, y] as const,
  now: [-x, 0] as const,
});
const MAP: MapView = {
  runId: "a",
  step: 1,
  languages: ["de", "en"],
  concepts: [
    { id: "1f41d", before: 0, now: 1 },
    { id: "q7", before: 0, now: 1 },
  ],
  points: [point(0, 0, "Biene", 1, 4), point(0, 1, "bee", 3, 2), point(1, 0, "Satz", 0, 0)],
  explained: { before: [0, 0], now: [0, 0] },
};

it("frames both pictures alike, with a margin", () => {
  // x from -3 to 3, y from 0 to 4: the longer side is 6, half of it with 6 % of margin
  expect(frameOf(MAP)).toEqual({ middle: [0, 2], half: expect.closeTo(6 * 0.53, 9) as number });
});

it("names a concept by its emoji and its English, else its first language", () => {
  expect(conceptName(MAP, 0)).toBe("🐝\uFE0F bee"); // the selector asks for the coloured form
  expect(conceptName(MAP, 1)).toBe("Satz");
});
