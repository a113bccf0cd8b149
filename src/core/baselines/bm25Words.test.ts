import { expect, it } from "vitest";
import { bm25Words } from "./bm25Words.ts";

it.each([
  ["Der Hund, 2 Katzen!", ["der", "hund", "2", "katzen"]],
  ["don't e-mail", ["don", "t", "e", "mail"]],
  ["ﬁne ＡＢＣ", ["fine", "abc"]], // NFKC: ligature and full width
  ["naïve Ελλάδα", ["naïve", "ελλάδα"]],
  ["हिन्दी भाषा", ["हिन्दी", "भाषा"]], // vowel signs and virama are marks of their letters
  ["", []],
  ["… —", []],
])("finds the words of %j", (text, words) => {
  expect(bm25Words(text)).toEqual(words);
});

it.each([
  ["東京都", ["東京", "京都"]],
  ["東", ["東"]],
  ["東京 大阪", ["東京", "大阪"]], // no pair across a space
  ["ภาษาไทย", ["ภา", "าษ", "ษา", "าไ", "ไท", "ทย"]],
  ["ที่นี่", ["ที่นี่"]], // two consonants with their marks: one pair
  ["iPhone手機5", ["iphone", "手機", "5"]],
  ["カレー、ラーメン", ["カレ", "レー", "ラー", "ーメ", "メン"]],
  ["a東b", ["a", "東", "b"]],
])("cuts scripts without spaces into pairs: %j", (text, words) => {
  expect(bm25Words(text)).toEqual(words);
});
