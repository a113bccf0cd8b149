import { expect, it } from "vitest";
import { languageScript } from "./iso639.ts";

it.each([
  ["en", "eng-Latn"],
  ["pt-PT", "por-Latn"],
  ["zh", "zho-Hans"],
  ["zh-Hant", "zho-Hant"],
  ["ar", "ara-Arab"],
  ["sr-Latn", "srp-Latn"],
  ["fil", "fil-Latn"], // three letters already
  ["xx", "xx-Zyyy"], // unknown: left as it is
])("%s is %s", (code, wanted) => {
  expect(languageScript(code)).toBe(wanted);
});
