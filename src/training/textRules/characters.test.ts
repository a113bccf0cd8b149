// Classes of characters that are told by numbers, beside the browser's own.
import { expect, it } from "vitest";
import { isWhitespace } from "./characters.ts";

it("knows Unicode's white space, and no other character as such", () => {
  const all = Array.from({ length: 0x10ffff }, (_, point) => String.fromCodePoint(point));
  const differs = all.filter((char) => isWhitespace(char) !== /^\p{White_Space}$/u.test(char));
  expect(differs).toEqual([]);
});
