import { expect, it } from "vitest";
import { ownDatasetId } from "./ownId.ts";

it.each([
  ["My Set (2)", "my-set-2"],
  ["Übung", "ubung"],
  ["xquad-r", "own-xquad-r"],
])("%s becomes %s", (title, id) => {
  expect(ownDatasetId(title, ["xquad-r"])).toBe(id);
});

it("keeps titles apart whose letters an id cannot hold", () => {
  const titles = ["データ", "資料", "Данные 1", "Корпус 1", "سؤال", "!!!", "???", "Set Ω", "Set Ж", "set"];
  const ids = titles.map((title) => ownDatasetId(title, []));
  expect(new Set(ids).size).toBe(titles.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
});

it("gives one title one id, however its accents are written, and shortens a long one to one of its own", () => {
  expect(ownDatasetId("क़", [])).toBe(ownDatasetId("क़".normalize("NFD"), []));
  const long = (end: string) => ownDatasetId(`${"word ".repeat(40)}${end}`, []);
  expect(long("a").length).toBeLessThan(80);
  expect(long("a")).not.toBe(long("b"));
});
