// Which pairs are counted, and that training brings meanings together.
import { describe, expect, it } from "vitest";
import { areaUnderCurve, totalOf } from "../../core/stats/cosineCounts.ts";
import { SMALL_LANGUAGES, trainedSmall } from "../../testing/trainedSmall.ts";
import { cosineGroups } from "./cosineGroups.ts";

describe("cosines by what texts share", () => {
  it("counts each pair once, in its group", async () => {
    const { groups, ...rest } = await cosineGroups(await trainedSmall(undefined, false), {});
    expect(rest).toEqual({ languages: SMALL_LANGUAGES, concepts: 16, questions: 48, passages: 48 });
    const sizes = Object.values(groups).map(({ before, now }) => [totalOf(before), totalOf(now)]);
    // 48 questions: 2 answers in other languages, 15 wrong ones in their own, 15 in each of two others
    expect(sizes).toEqual([48 * 2, 48 * 15, 48 * 30].map((n) => [n, n]));
    expect(groups.meaning.now).toEqual(groups.meaning.before); // untrained
  });

  it("keeps to the languages chosen, wrong answers of the question's own beside them", async () => {
    const { groups, ...rest } = await cosineGroups(await trainedSmall(undefined, false), {
      query: "de",
      passage: "th",
    });
    expect(rest).toMatchObject({ concepts: 16, questions: 16, passages: 32 });
    expect(Object.values(groups).map(({ now }) => totalOf(now))).toEqual([16, 16 * 15, 16 * 15]);
  });

  it("shows meanings coming together, also once more has been trained", async () => {
    const run = await trainedSmall();
    const { groups } = await cosineGroups(run, {});
    const area = (when: "before" | "now") => areaUnderCurve(groups.meaning[when], groups.language[when]);
    expect(area("before")).toBeLessThan(0.8);
    expect(area("now")).toBeGreaterThan(area("before") + 0.1);
    const again = await cosineGroups(run, { query: "en" });
    expect(totalOf(again.groups.meaning.now)).toBe(32);
  });

  it("says when no question has an answer in another language", async () => {
    const alone = await trainedSmall((concept, lang) => concept % 3 !== lang, false);
    await expect(cosineGroups(alone, {})).rejects.toThrow("answers in another language");
  });
});
