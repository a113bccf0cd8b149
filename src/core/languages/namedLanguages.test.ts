import { expect, it } from "vitest";
import { languageTag } from "./languageTag.ts";
import { languagesOfName } from "./namedLanguages.ts";

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
])("%s: queries %s, passages %s", (name, query, passage) => {
  expect(languagesOfName(name)).toEqual({ query, passage });
});

it.each(["nq", "set", "train", "en-de-fr", "ar-deX", "en-xx", "qq-de", "data-en", ""])(
  "%j says nothing",
  (name) => {
    expect(languagesOfName(name)).toBeNull();
  },
);

it.each(["en-XX", "ar-ZZ", "de-EU", "en-999", "pt_xy"])("%s names a region that there is not", (code) => {
  expect(languageTag(code)).toBeNull();
});
