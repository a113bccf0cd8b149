// What a person typed about files: the choices to import with, or a sentence by field.
import { describe, expect, it } from "vitest";
import type { GivenSummary } from "../../core/collections/importChoices.ts";
import { firstTyped, judge } from "./ownChoices.ts";

const TABLE: GivenSummary = {
  known: [],
  formats: ["pairs"],
  title: "pets",
  table: {
    name: "pets.csv",
    columns: ["query", "text", "label", "sprache"],
    rows: [],
    suggested: { query: "query", positive: "text", label: "label" },
    others: 0,
  },
};
const KNOWN: GivenSummary = { known: ["xquad-r", "xquad-r-context"], formats: ["squad"], title: "x" };

describe("judge", () => {
  it("asks for nothing that the files say themselves", () => {
    expect(judge(firstTyped(TABLE), TABLE, [])).toEqual({
      problems: {},
      choices: { title: "pets", format: "pairs" },
    });
    expect(judge(firstTyped(KNOWN), KNOWN, ["ar", "de"]).choices).toEqual({
      only: ["xquad-r", "xquad-r-context"],
    });
  });

  it("hands on what was changed: a column, one taken away, languages, a licence", () => {
    const typed = {
      ...firstTyped(TABLE),
      columns: { query: "query", positive: "text", label: "", queryLang: "sprache" },
      lang: "swa",
      keep: "yor, sw",
      licence: " CC0-1.0 ",
    };
    expect(judge(typed, TABLE, [])).toEqual({
      problems: {},
      choices: {
        title: "pets",
        format: "pairs",
        languages: ["yo", "sw"],
        licence: "CC0-1.0",
        lang: "sw",
        columns: { label: "", queryLang: "sprache" },
      },
    });
  });

  it("hands on a language of passages and stripped quotes, and neither where the format takes none", () => {
    const typed = { ...firstTyped(TABLE), lang: "ru", passageLang: "swa", unquote: true };
    expect(judge(typed, TABLE, []).choices).toEqual({
      title: "pets",
      format: "pairs",
      lang: "ru",
      passageLang: "sw",
      unquote: true,
    });
    const parallel = judge({ ...typed, format: "parallel", lang: "no code" }, TABLE, []);
    expect([parallel.problems, parallel.choices]).toEqual([{}, { title: "pets", format: "parallel" }]);
  });

  it.each([
    [{ title: " " }, { title: "Give it a name." }],
    [{ lang: "Swahili" }, { lang: "“Swahili” is no language code such as “sw” or “zh-Hant”." }],
    [{ passageLang: "en-XX" }, { passageLang: "“en-XX” is no language code such as “sw” or “zh-Hant”." }],
    [{ lang: "sw, yo" }, { lang: "One language: a file of several needs a column that names them." }],
    [{ columns: { positive: "text" } }, { columns: "Choose the column that holds the query." }],
    [{ columns: { query: "text", positive: "" } }, { columns: "Choose the column that holds the passage." }],
    [
      { columns: { query: "text", positive: "text" } },
      { columns: "Query and passage must be different columns." },
    ],
  ])("says what is wrong with %j", (part, problems) => {
    expect(judge({ ...firstTyped(TABLE), ...part }, TABLE, []).problems).toEqual(problems);
  });

  it("says which languages a set of the catalogue has, and that one set must be chosen", () => {
    const typed = { ...firstTyped(KNOWN), keep: "sw", sets: [] };
    expect(judge(typed, KNOWN, ["ar", "de"]).problems).toEqual({
      keep: "Swahili (sw) is not in it; it has ar, de.",
      sets: "Choose at least one.",
    });
  });
});
