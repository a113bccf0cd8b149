// One language under two names is found, scripts and varieties stay apart where a set keeps them apart.
import { describe, expect, it } from "vitest";
import { languageKey, languageName, matchLanguages } from "./sameLanguage.ts";

describe("names of one language", () => {
  it.each([
    ["nb", "no"],
    ["nor", "no"],
    ["nob", "no"],
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-TW", "zh-Hant"],
    ["zho-Hant", "zh-Hant"],
    ["jw", "jv"],
    ["jav", "jv"],
    ["ger", "de"],
    ["fre", "fr"],
    ["chi", "zh"],
    ["dut", "nl"],
    ["gre", "el"],
    ["per", "fa"],
    ["rum", "ro"],
    ["cze", "cs"],
    ["que", "qu"],
    ["quy", "qu"],
    ["iw", "he"],
  ])("%s and %s", (a, b) =>
    expect([languageName(a), languageKey(a)]).toEqual([languageName(b), languageKey(b)]),
  );

  it.each([
    ["en-US", "en"],
    ["pt-BR", "pt-PT"],
    ["zh_HK", "zh-TW"],
    ["zh_HK", "zh-Hant"],
  ])("%s and %s are one but for the region", (a, b) => {
    expect(languageKey(a)).toBe(languageKey(b));
    expect(languageName(a)).not.toBe(languageName(b));
  });

  it.each([
    ["nn", "nb"], // Nynorsk is another written language
    ["zh", "zh-Hant"],
    ["sr", "sr-Latn"],
    ["ar", "arz"],
    ["id", "ms"],
  ])("%s and %s are two", (a, b) => expect(languageKey(a)).not.toBe(languageKey(b)));
});

describe("a set has what is asked for", () => {
  const found = (asked: string[], available: string[]) =>
    Object.fromEntries(matchLanguages(asked, available));

  it("under its own code first, then under another of the language", () => {
    expect(found(["nb", "de"], ["de", "no"])).toEqual({ de: "de", nb: "no" });
    expect(found(["no"], ["nb", "no"])).toEqual({ no: "no" });
    expect(found(["ger", "jw", "quy", "zh-TW"], ["de", "jv", "qu", "zh", "zh-Hant-HK"])).toEqual({
      ger: "de",
      jw: "jv",
      quy: "qu",
      "zh-TW": "zh-Hant-HK",
    });
    expect(found(["en"], ["en-US", "fr"])).toEqual({ en: "en-US" });
    expect(found(["en-GB"], ["en"])).toEqual({ "en-GB": "en" });
  });

  it("in one place only, and not where there are two", () => {
    expect(found(["nb", "no"], ["no"])).toEqual({ no: "no" });
    expect(found(["pt"], ["pt-BR", "pt-PT"])).toEqual({});
    expect(found(["pt-AO"], ["pt", "pt-BR"])).toEqual({});
  });

  it("in another script only where it names none and the set has one", () => {
    expect(found(["zh"], ["en", "zh-Hant"])).toEqual({ zh: "zh-Hant" });
    expect(found(["zh-Hant"], ["en", "zh"])).toEqual({});
    expect(found(["zh", "zh-Hant"], ["zh-Hant"])).toEqual({ "zh-Hant": "zh-Hant" });
    expect(found(["sr"], ["sr-Latn"])).toEqual({ sr: "sr-Latn" });
  });
});
