import { expect, it } from "vitest";
import { messageOf } from "./messageOf.ts";
import { visibleText } from "./visibleText.ts";

it("writes out what would reorder or hide its surroundings", () => {
  expect(visibleText("invoice\u202efdp.exe")).toBe("invoice[U+202E]fdp.exe");
  expect(visibleText("\u2066a\u2069 \u061cb\u200e\u200f")).toBe(
    "[U+2066]a[U+2069] [U+061C]b[U+200E][U+200F]",
  );
  expect(visibleText("right\rwrong")).toBe("right[U+000D]wrong");
  expect(visibleText("\x1b[2J\0\x7f\u2028\ufeff")).toBe("[U+001B][2J[U+0000][U+007F][U+2028][U+FEFF]");
});

it("leaves every language as it is, its joiners and line breaks, too", () => {
  for (const text of [
    "שלום עולם",
    "مرحبا",
    "نمی\u200cدانم",
    "👩\u200d🌾",
    "क्\u200dष",
    "a\tb\nc",
    "a,b\r\nc,d",
  ])
    expect(visibleText(text)).toBe(text);
});

it("is twice as once, and what errors say", () => {
  const once = visibleText("a\u202eb");
  expect(visibleText(once)).toBe(once);
  expect(messageOf(new Error("a\u202eb.json is not JSON"))).toBe("a[U+202E]b.json is not JSON");
  expect(messageOf("\u2067")).toBe("[U+2067]");
});
