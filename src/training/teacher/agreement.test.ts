// Agreement by hand: two languages, vectors of two numbers.
import { describe, expect, it } from "vitest";
import { agreementPoints } from "./agreement.ts";

const vectors = (width: number, ...rows: number[][]) => ({ width, data: Float32Array.from(rows.flat()) });

describe("agreement", () => {
  it("is the mean cosine by language and over languages where widths are equal", () => {
    const set = { languages: ["de", "en", "th"], passageLangs: Uint16Array.from([0, 0, 1]) };
    const student = vectors(2, [1, 0], [0, 1], [0.6, 0.8]);
    const teacher = vectors(2, [1, 0], [1, 0], [0.8, 0.6]);
    // de: (1 + 0) / 2; en: .48 + .48; th has no passage and no point; mean (.5 + .96) / 2
    expect(agreementPoints(set, student, teacher, 7)).toEqual([
      { step: 7, metric: "distillation/cosine", value: expect.closeTo(0.73, 6) as number },
      { step: 7, metric: "distillation/cosine", value: 0.5, lang: "de" },
      { step: 7, metric: "distillation/cosine", value: expect.closeTo(0.96, 6) as number, lang: "en" },
    ]);
  });

  it("is the correlation of pairs' cosines where widths differ", () => {
    const set = { languages: ["de"], passageLangs: Uint16Array.from([0, 0, 0]) };
    const student = vectors(2, [1, 0], [0.6, 0.8], [0, 1]);
    const teacher = vectors(1, [1], [1], [-1]);
    // student's pairs .6, 0, .8; teacher's 1, -1, -1: means 7/15 and -1/3
    // deviations 2/15, -7/15, 5/15 and 4/3, -2/3, -2/3: products sum 12/45, squares 78/225 and 24/9
    const r = 12 / 45 / Math.sqrt((78 / 225) * (24 / 9));
    const [mean, de] = agreementPoints(set, student, teacher, 0);
    expect(de).toEqual({
      step: 0,
      metric: "distillation/correlation",
      value: expect.closeTo(r, 6) as number,
      lang: "de",
    });
    expect(mean!.value).toBe(de!.value);
  });

  it("has no point where it is undefined", () => {
    const set = { languages: ["de"], passageLangs: Uint16Array.from([0, 0]) };
    const one = vectors(2, [1, 0], [1, 0]);
    expect(agreementPoints(set, one, vectors(1, [1], [1]), 0)).toEqual([]); // one pair
  });
});
