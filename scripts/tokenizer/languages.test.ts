// That corpus codes of one language meet, and that the test set's languages count most.
import { describe, expect, it } from "vitest";
import { boostOf, CORE_LANGUAGES, languageOf, STUDY_LANGUAGES } from "./languages.ts";

describe("languageOf", () => {
  it.each([
    ["eng-GB", "en"],
    ["swh", "sw"],
    ["swa", "sw"],
    ["arb", "ar"],
    ["cmn", "zh"],
    ["zho-TW", "zh"],
    ["zh_cn", "zh"],
    ["es-LA", "es"],
    ["ti_ER", "ti"],
    ["pes", "fa"],
    ["prs", "fa"],
    ["srp-Cyrl", "sr"],
    ["zsm", "ms"],
    ["tgl", "fil"],
    ["nob", "no"],
    ["yue", "yue"],
  ])("%s is %s", (code, lang) => expect(languageOf(code)).toBe(lang));
});

describe("boostOf", () => {
  it("is 4 for the core, 1 for the studies, 0.2 for known languages, 0 for the rest", () => {
    expect(["th", "sw", "is", "tzl"].map((lang) => boostOf(lang, new Set(["is", "th"])))).toEqual([
      4, 1, 0.2, 0,
    ]);
  });

  it("has each language once, and at least 11 + 30", () => {
    const all = [...CORE_LANGUAGES, ...STUDY_LANGUAGES];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(41);
  });
});
