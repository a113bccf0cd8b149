// Which prompts a checkpoint wants, how long its texts are, and which addresses may stand for the hub.
import { describe, expect, it } from "vitest";
import { parseHubAddress } from "./hubAddress.ts";
import { parseLongest, parsePrompts } from "./textSettings.ts";

describe("parsePrompts", () => {
  const of = (prompts: object | null, default_prompt_name?: string | null) =>
    parsePrompts({ prompts, ...(default_prompt_name !== undefined && { default_prompt_name }) }, "c");

  it.each<[object, string, string]>([
    [{ query: "q: ", passage: "p: " }, "q: ", "p: "],
    [{ query: "q: ", document: "d: ", corpus: "c: " }, "q: ", "d: "],
    [{ web_search_query: "w: ", corpus: "c: " }, "w: ", "c: "],
    [{ query: "q: " }, "q: ", ""],
    [{ document: "d: " }, "", "d: "],
    [{ query: "", passage: "p: " }, "", "p: "], // an empty prompt is none
    [{ query: null, web_search_query: "w: ", passage: null }, "w: ", ""],
  ])("of %o are %j and %j", (prompts, query, passage) => {
    expect(of(prompts)).toEqual({ query, passage });
  });

  it("fall back to the one that is named as the default, for either side", () => {
    expect(of({ all: "a: ", passage: "p: " }, "all")).toEqual({ query: "a: ", passage: "p: " });
    expect(of({ all: "a: " }, "none")).toBeNull();
  });

  it("are none where a model has none for queries and passages", () => {
    for (const prompts of [null, {}, { classification: "c: " }, { query: "", passage: "" }])
      expect(of(prompts), JSON.stringify(prompts)).toBeNull();
    expect(parsePrompts({}, "c")).toBeNull();
    expect(of({}, null)).toBeNull();
  });

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "are never what every object has: %s as the default",
    (name) => {
      expect(of({ other: "o: " }, name)).toBeNull();
    },
  );

  it.each<[unknown, string]>([
    [{ prompts: { query: 7 } }, "c: prompts.query: "],
    [{ prompts: { query: "x".repeat(2001) } }, "c: prompts.query: "],
    [{ prompts: "query" }, "c: prompts: "],
    [{ default_prompt_name: 1 }, "c: default_prompt_name: "],
    [null, "c: the whole: "],
  ])("of %o are refused", (value, message) => {
    expect(() => parsePrompts(value, "c")).toThrow(message);
  });
});

describe("parseLongest", () => {
  it("is what the file says, or any", () => {
    expect(parseLongest({ max_seq_length: 512 }, "s")).toBe(512);
    for (const value of [{}, { max_seq_length: null }, { do_lower_case: true }])
      expect(parseLongest(value, "s")).toBe(Infinity);
  });

  it.each([0, -1, 1.5, 1e9, "512"])("of %j is refused", (max_seq_length) => {
    expect(() => parseLongest({ max_seq_length }, "s")).toThrow("s: max_seq_length: ");
  });
});

describe("parseHubAddress", () => {
  const page = "http://localhost:5173";
  it.each([
    ["https://hub.example", "https://hub.example"],
    ["https://hub.example/", "https://hub.example"],
    ["https://hub.example/a/b//", "https://hub.example/a/b"],
    ["https://hub.example:8443/x", "https://hub.example:8443/x"],
    ["http://localhost:5173/mirror", "http://localhost:5173/mirror"], // the page's own server
  ])("of %s is %s", (text, address) => {
    expect(parseHubAddress(text, page)).toBe(address);
  });

  it.each([
    "",
    "hub.example",
    "http://hub.example",
    "http://localhost:5174",
    "ftp://hub.example",
    "file:///etc",
    "https://user@hub.example",
    "https://user:word@hub.example",
    "https://hub.example?x=1",
    "https://hub.example#x",
    "javascript:alert(1)",
    "data:text/plain,x",
  ])("refuses %j", (text) => {
    expect(parseHubAddress(text, page)).toBeUndefined();
  });
});
