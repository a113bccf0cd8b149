// Facts of the language table that other parts rely on; classes are checked against the paper's own examples.
import { describe, expect, it } from "vitest";
import { isLowResource, languageInfo, resourceClassText, scriptName } from "./languageInfo.ts";
import { LANGUAGE_TABLE } from "./languageTable.ts";

const lines = LANGUAGE_TABLE.trim().split("\n");

describe("languageInfo", () => {
  it("has complete rows, each code once and in canonical form", () => {
    const codes = lines.map((line) => line.split("|")[0]!);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThanOrEqual(150);
    for (const line of lines) {
      expect(line, line).toMatch(
        /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?\|[^|]+\|[^|]+\|[A-Z][a-z]{3}\|[0-5]?$/,
      );
    }
  });

  it("knows the eleven languages of XQuAD-R", () => {
    // Classes by Joshi et al. 2020: ar de en es zh 5; hi ru tr vi 4; el th 3.
    const classes = "ar de en es zh hi ru tr vi el th"
      .split(" ")
      .map((code) => languageInfo(code).resourceClass);
    expect(classes).toEqual([5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3]);
  });

  it("calls classes 0 to 2 low-resource, and an unrated language not", () => {
    // The paper's class-2 examples include Zulu, Konkani, Lao, Maltese and Irish; class 1 holds Cherokee and Bhojpuri.
    for (const code of ["zu", "kok", "lo", "mt", "ga", "chr", "bho"])
      expect(isLowResource(code), code).toBe(true);
    // Class 3: Indonesian, Ukrainian, Cebuano, Afrikaans, Hebrew. Class 4: Russian, Hungarian.
    for (const code of ["id", "uk", "ceb", "af", "he", "ru", "hu"])
      expect(isLowResource(code), code).toBe(false);
    expect(languageInfo("pcm").resourceClass).toBeNull();
    expect(isLowResource("pcm")).toBe(false);
    expect(resourceClassText(null)).toBe("unrated");
    expect(resourceClassText(2)).toBe("class 2, hopeful");
  });

  it("writes Arabic, Hebrew and Thaana scripts from right to left", () => {
    for (const code of ["ar", "fa", "ur", "ps", "sd", "ug", "ckb", "he", "yi", "dv", "kk-Arab"]) {
      expect(languageInfo(code).direction, code).toBe("rtl");
    }
    expect(languageInfo("kk").direction).toBe("ltr");
  });

  it("gives a variant the class of its language", () => {
    expect(languageInfo("zh-Hant")).toMatchObject({ script: "Hant", resourceClass: 5 });
    expect(languageInfo("pt-AO")).toMatchObject({
      name: "Portuguese (Angola)",
      script: "Latn",
      resourceClass: 4,
    });
  });

  it("falls back to the code and never throws", () => {
    expect(languageInfo("qzz")).toMatchObject({
      name: "qzz",
      autonym: "qzz",
      resourceClass: null,
      direction: "ltr",
    });
    expect(languageInfo("not a code!")).toMatchObject({ name: "not a code!", script: "Zyyy" });
    expect(scriptName("Cyrl")).toBe("Cyrillic");
    expect(scriptName("Hans")).toBe("Simplified Han"); // which some browsers call "Simplified"
    expect(scriptName("??")).toBe("??");
  });
});
