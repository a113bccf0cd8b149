// Benchmarks' codes to tags: fixed pairs, and agreement with Intl wherever the lab does not differ on purpose.
import fc from "fast-check";
import { expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { LANGUAGE_TABLE } from "./languageTable.ts";
import { languageTag } from "./languageTag.ts";

it.each([
  ["eng", "en"], // ISO 639-3
  ["cmn", "zh"],
  ["srp-Cyrl", "sr"], // NTREX
  ["srp-Latn", "sr-Latn"],
  ["zho-CN", "zh"],
  ["zho-TW", "zh-Hant"],
  ["aze-Latn", "az"],
  ["ckb-Arab", "ckb"],
  ["eng-GB", "en-GB"],
  ["zh_cn", "zh"], // MKQA
  ["zh_hk", "zh-Hant-HK"],
  ["ti_ER", "ti-ER"], // TICO-19
  ["arb_Arab", "ar"], // Belebele
  ["arb_Latn", "ar-Latn"],
  ["zh_Hant_TW", "zh-Hant"],
  ["zh-Hant-HK", "zh-Hant-HK"],
  ["ger", "de"], // ISO 639-2, bibliographic
  ["jw", "jv"], // withdrawn
  ["que", "qu"],
  ["zho_Hans", "zh"],
  ["zho_Hant", "zh-Hant"],
  ["hin_Latn", "hi-Latn"],
  ["es-419", "es-419"],
  ["EN", "en"],
  ["bem", "bem"], // has no shorter code
  ["kzj", "kzj"],
])("%s is %s", (code, tag) => expect(languageTag(code)).toBe(tag));

it.each(["", "e", "engl", "en--GB", "en-Latin", "en-Latn-GB-x", "12", "../en", "en/GB"])(
  "%j is no language code",
  (code) => expect(languageTag(code)).toBeNull(),
);

it("leaves every tag of the lab's table as it is, but for the scripts and names it folds", () => {
  const tags = LANGUAGE_TABLE.trim()
    .split("\n")
    .map((line) => line.split("|")[0]!);
  const changed = tags.flatMap((tag) => (languageTag(tag) === tag ? [] : [`${tag} ${languageTag(tag)}`]));
  expect(changed).toEqual(["sr-Cyrl sr", "tl fil"]);
});

it("agrees with Intl on three-letter codes, but for the kept ones", () => {
  const kept = ["prs", "twi", "kzj"];
  const differs: string[] = [];
  const letters = "abcdefghijklmnopqrstuvwxyz";
  for (const a of letters)
    for (const b of letters)
      for (const c of letters) {
        const code = a + b + c;
        const tag = languageTag(code);
        if (tag !== code && !kept.includes(code) && tag !== Intl.getCanonicalLocales(code)[0])
          differs.push(`${code} ${tag}`);
      }
  expect(differs).toEqual(["pbt ps"]); // a member of the macrolanguage ps, which CLDR does not fold
});

it("answers every text with a tag of the right shape or null, and its own answers with themselves", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2,3}([-_]\w{2,4}){0,2}$/)), (code) => {
      const tag = languageTag(code);
      if (tag === null) return;
      expect(tag).toMatch(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?/);
      expect(languageTag(tag)).toBe(tag);
    }),
  );
});
