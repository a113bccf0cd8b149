// How languages move between train, held out and off, alone and in bulk.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import {
  groupLanguages,
  matchesLanguage,
  checkHeldOut,
  canPick,
  choiceIn,
  missingLanguages,
  nextState,
  quickPick,
  stateOf,
  withState,
  type LanguageChoice,
} from "./languageChoice.ts";

const choice: LanguageChoice = { train: { en: 1, sw: 3 }, heldOut: ["yo"] };

describe("language states", () => {
  it("reads and cycles them; held out wins over a weight", () => {
    expect(["en", "yo", "fi"].map((lang) => stateOf(choice, lang))).toEqual(["train", "heldOut", "off"]);
    expect(stateOf({ train: { en: 1 }, heldOut: ["en"] }, "en")).toBe("heldOut");
    expect(nextState(nextState(nextState("off")))).toBe("off");
  });

  it("moves languages without touching the others, and keeps weights", () => {
    expect(withState(choice, ["sw", "fi"], "train")).toEqual({
      train: { en: 1, sw: 3, fi: 1 },
      heldOut: ["yo"],
    });
    expect(withState(choice, ["yo"], "train")).toEqual({ train: { en: 1, sw: 3, yo: 1 }, heldOut: [] });
    expect(withState(choice, ["sw"], "heldOut")).toEqual({ train: { en: 1 }, heldOut: ["yo", "sw"] });
    expect(withState(choice, ["sw", "yo"], "off")).toEqual({ train: { en: 1 }, heldOut: [] });
  });
});

describe("quickPick", () => {
  const available = ["en", "de", "el", "sw", "yo", "pcm"];
  it("takes the paper's languages that the dataset has", () => {
    expect(quickPick("paper", available, choice)).toEqual({ train: { en: 1, de: 1 }, heldOut: ["el"] });
  });
  it("takes all, or the low-resource ones, and leaves out what is held out", () => {
    expect(Object.keys(quickPick("all", available, choice).train)).toEqual(["en", "de", "el", "sw", "pcm"]);
    // en and de are class 5, el 3, pcm unrated, yo held out
    expect(quickPick("lowResource", available, choice)).toEqual({ train: { sw: 1 }, heldOut: ["yo"] });
  });
  it("keeps one language", () => {
    expect(quickPick("one", available, choice)).toEqual({ train: { en: 1 }, heldOut: [] });
    expect(quickPick("one", ["sw", "yo"], choice).train).toEqual({ sw: 1 });
  });
});

describe("groups and search", () => {
  it("groups by script, largest first, and by class, unrated last", () => {
    const langs = ["ru", "yo", "en", "uk", "de", "pcm"];
    expect(groupLanguages(langs, "script")).toEqual([
      { title: "Latin", languages: ["en", "de", "pcm", "yo"] },
      { title: "Cyrillic", languages: ["ru", "uk"] },
    ]);
    expect(groupLanguages(langs, "class").map((group) => group.languages)).toEqual([
      ["yo"], // 2
      ["uk"], // 3
      ["ru"], // 4
      ["en", "de"], // 5
      ["pcm"],
    ]);
    expect(groupLanguages(langs, "level")).toEqual([
      { title: "Low-resource (classes 0–2)", languages: ["yo"] },
      { title: "High-resource (classes 3–5)", languages: ["en", "de", "ru", "uk"] },
      { title: "Unrated", languages: ["pcm"] },
    ]);
  });

  it("puts as many high-resource languages beside the low ones, the highest classes first", () => {
    const none = { train: { en: 1 }, heldOut: ["am"] };
    const available = ["am", "de", "en", "pcm", "ru", "sw", "uk", "yo"];
    // am (2) is held out, pcm unrated; sw and yo are of class 2, de and en of 5, ru 4, uk 3
    expect(quickPick("lowBesideHigh", available, none)).toEqual({
      train: { sw: 1, yo: 1, de: 1, en: 1 },
      heldOut: ["am"],
    });
    expect(Object.keys(quickPick("lowBesideHigh", ["en", "sw", "yo"], none).train).sort()).toEqual([
      "en",
      "sw",
    ]);
    expect([
      canPick("lowBesideHigh", ["de", "en"], none),
      canPick("lowResource", ["am", "en"], none),
    ]).toEqual([false, false]);
    expect(canPick("all", ["de", "en"], none)).toBe(true);
  });

  it("finds by name, own name and code, whatever the accents", () => {
    expect(matchesLanguage("de", "deut")).toBe(true);
    expect(matchesLanguage("de", "germ")).toBe(true);
    expect(matchesLanguage("yo", "yorùbá")).toBe(true);
    expect(matchesLanguage("gd", "gaelic")).toBe(true); // second word of "Scottish Gaelic"
    expect(matchesLanguage("gd", "aelic")).toBe(false);
    expect(matchesLanguage("ru", "")).toBe(true);
    expect(matchesLanguage("zh-Hant", "zh-h")).toBe(true);
  });

  it("goes by the codes of the dataset, whatever the spec calls its languages", () => {
    const choice = { train: { nb: 2, ger: 1, xx: 1 }, heldOut: ["jw"] };
    const available = ["de", "jv", "no"];
    expect(choiceIn(choice, available)).toEqual({ train: { no: 2, de: 1, xx: 1 }, heldOut: ["jv"] });
    const languages = { ...DEFAULT_SPEC.languages, ...choice, eval: ["en-US"] };
    expect(missingLanguages({ ...DEFAULT_SPEC, languages }, [...available, "en"])).toEqual(["xx"]);
  });

  it("holds no language out that it trains on under another name", () => {
    const chosen = (train: string[], heldOut: string[]) => () =>
      checkHeldOut({
        languages: {
          ...DEFAULT_SPEC.languages,
          train: Object.fromEntries(train.map((l) => [l, 1])),
          heldOut,
        },
      });
    expect(chosen(["nb", "en"], ["no"])).toThrow(
      "languages.heldOut: no is trained on as nb, another name of",
    );
    expect(chosen(["zh-TW"], ["zh-Hant"])).toThrow("zh-Hant is trained on as zh-TW");
    for (const [train, heldOut] of [
      [["nb"], ["nn"]],
      [["pt"], ["pt-BR"]],
      [["no"], ["no"]],
    ] as const)
      expect(chosen([...train], [...heldOut])).not.toThrow();
  });

  it("names what a dataset lacks", () => {
    expect(missingLanguages(DEFAULT_SPEC, ["ar", "de", "el", "en", "es", "hi", "ru", "zh"])).toEqual([
      "th",
      "tr",
      "vi",
    ]);
  });
});
