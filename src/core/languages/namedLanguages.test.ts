import { expect, it } from "vitest";
import { languageTag } from "./languageTag.ts";
import { languagesOfCode, languagesOfName, pairOfName } from "./namedLanguages.ts";

it.each([
  ["sw", "sw", "sw"],
  ["ar-de", "ar", "de"],
  ["ara-deu", "ar", "de"],
  ["eng_Latn-deu_Latn", "en", "de"],
  ["AR-DE", "ar", "de"],
  ["es-ar", "es", "ar"], // not Argentina's Spanish, which is written es-AR
  ["es-AR", "es-AR", "es-AR"],
  ["fr-ca", "fr", "ca"],
  ["pt-br", "pt-BR", "pt-BR"],
  ["zh-TW", "zh-Hant", "zh-Hant"],
  ["zh-Hant-en", "zh-Hant", "en"],
  ["en-zh_Hant", "en", "zh-Hant"],
  ["pt-BR-en-GB", "pt-BR", "en-GB"],
  ["sr-Latn", "sr-Latn", "sr-Latn"],
  ["en-us", "en-US", "en-US"],
  ["lp-en-de", "en", "de"], // "language pair", as translation tasks write
  ["LP_ces_Latn-deu", "cs", "de"],
])("%s: queries %s, passages %s", (name, query, passage) => {
  expect(languagesOfName(name)).toEqual({ query, passage });
});

it.each(["nq", "set", "train", "en-de-fr", "ar-deX", "en-xx", "qq-de", "data-en", "lp-xx-de", "lp-de", ""])(
  "%j says nothing",
  (name) => {
    expect(languagesOfName(name)).toBeNull();
  },
);

it.each(["en-XX", "ar-ZZ", "de-EU", "en-999", "pt_xy"])("%s names a region that there is not", (code) => {
  expect(languageTag(code)).toBeNull();
});

it.each([
  ["bem", "bem", "bem"], // a language that the table lacks
  ["bem-ZM", "bem-ZM", "bem-ZM"],
  ["bar-de", "bar", "de"], // not the Bavarian of Germany
  ["de-bar", "de", "bar"],
  ["acm_Arab-eng_Latn", "acm", "en"],
  ["acm_Arab-acm_Arab", "acm", "acm"],
  ["av-ru", "av", "ru"],
  ["ti-er", "ti-ER", "ti-ER"],
])("the code %s: queries %s, passages %s", (code, query, passage) => {
  expect(languagesOfCode(code)).toEqual({ query, passage });
  expect(pairOfName(code)).toBeNull();
});

it.each(["xx-de", "lp-xx-de", "lp-de", "de-xx", "xx-deu", "lp_qq_fr"])(
  "the code %s is no pair, and no region of a language that there is not",
  (code) => {
    expect(languagesOfCode(code)).toBeNull();
  },
);
