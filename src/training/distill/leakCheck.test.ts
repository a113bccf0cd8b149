import { describe, expect, it } from "vitest";
import { comparable, createLeakCheck } from "./leakCheck.ts";

describe("comparable", () => {
  it("sees through case, spacing, punctuation and compatibility forms", () => {
    expect(comparable("  Why, then, ONE mill？ ")).toBe("whythenonemill");
    expect(comparable("ﬁve ①")).toBe("five1"); // NFKC opens the ligature and the circle
  });

  it("keeps vowel signs: they tell words of Indic scripts apart", () => {
    expect(comparable("की")).not.toBe(comparable("का"));
  });
});

describe("createLeakCheck", () => {
  const leaks = createLeakCheck();
  leaks.forbid("Which mill grinds barley?", "quiz q1");
  leaks.forbid("…", "quiz q2");

  it("fails on a planted text and names both places", () => {
    expect(() => leaks.check("which mill grinds barley", "news 7")).toThrow(
      "news 7 is also in quiz q1, a test set: leave it out of the training data",
    );
    expect(leaks.find("WHICH MILL grinds barley!")).toBe("quiz q1");
  });

  it("lets other texts pass, also a longer one around it", () => {
    expect(() => leaks.check("Which mill grinds barley and oats?", "news 8")).not.toThrow();
  });

  it("does not compare texts without a letter or digit", () => {
    expect(leaks.forbidden).toBe(1);
    expect(leaks.find("?!")).toBeUndefined();
  });
});
