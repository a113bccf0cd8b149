import { describe, expect, it } from "vitest";
import { parseLabSettings } from "./labSettings.ts";

const parse = (value: unknown) => parseLabSettings(value, "http://lab.example/a/b/");

describe("lab.json", () => {
  it("may say nothing, or something that is not ours to read", () => {
    expect(parse({})).toEqual({});
    expect(parse({ datasets: "", title: "Class 4" })).toEqual({});
  });

  it("names folders on https, or on the page’s own host, with or without a slash at the end", () => {
    expect(parse({ datasets: "https://school.example/sets", models: "https://school.example/m/" })).toEqual({
      datasets: "https://school.example/sets/",
      models: "https://school.example/m/",
    });
    expect(parse({ datasets: "../sets" })).toEqual({ datasets: "http://lab.example/a/sets/" });
  });

  it.each([
    "http://school.example/sets/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://a:b@school.example/",
    "https://school.example/?x=",
    "file:///sets",
  ])("is refused by name with %s", (datasets) => {
    expect(() => parse({ datasets })).toThrow('lab.json: "datasets" is an https address or one of this host');
    expect(() => parse({ models: datasets })).toThrow('lab.json: "models"');
  });

  it.each([undefined, "x", { datasets: 5 }, { models: null }])(
    "is refused as a whole where it is %j",
    (value) => {
      expect(() => parse(value)).toThrow("lab.json: is not of the form");
    },
  );
});
