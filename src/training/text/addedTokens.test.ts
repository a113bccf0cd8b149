// Where added tokens are found: before or after normalising, the longer of two, and which spaces they take.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSplitAdded } from "./addedTokens.ts";
import type { AddedToken } from "./tokenizerFile.ts";

const PLAIN = { special: false, normalized: false, lstrip: false, rstrip: false };
const added = (contents: readonly string[], more: Partial<AddedToken> = {}): AddedToken[] =>
  contents.map((content, id) => ({ ...PLAIN, ...more, id, content }));
const same = (text: string) => text;
const lower = (text: string) => text.toLowerCase();

describe("createSplitAdded", () => {
  it("gives the normalised text whole where nothing was added, and nothing for empty text", () => {
    const split = createSplitAdded([], lower);
    expect(split("A b")).toEqual(["a b"]);
    expect(split("")).toEqual([]);
  });

  it("finds a token inside a word, at both ends and twice in a row", () => {
    const split = createSplitAdded(added(["<e>"]), same);
    expect(split("<e>a<e><e>b<e>")).toEqual([0, "a", 0, 0, "b", 0]);
  });

  it("takes the longer of two that begin at one place, and the first of two that overlap", () => {
    expect(createSplitAdded(added(["ab", "abc"]), same)("abcab")).toEqual([1, 0]);
    expect(createSplitAdded(added(["ab", "bcd"]), same)("abcd")).toEqual([0, "cd"]);
  });

  it("refuses tokens that normalising makes the same, and takes one that it makes empty", () => {
    const folded = added(["URL", "Url"], { normalized: true });
    expect(() => createSplitAdded(folded, lower)).toThrow(
      'tokenizer.json: added_tokens: expected tokens that differ when they are normalized, got "url"',
    );
    expect(createSplitAdded(added(["URL", "Url"]), lower)("an Url")).toEqual(["an ", 1]);
    const dropped = createSplitAdded(added(["-", "--", "a"], { normalized: true }), (text) =>
      text.replaceAll("-", ""),
    );
    expect(dropped("b-a")).toEqual(["b", 2]);
  });

  it("never finds a special token", () => {
    expect(createSplitAdded(added(["</s>"], { special: true }), same)("a</s>")).toEqual(["a</s>"]);
  });

  it("finds one kept from normalising as it is written, the others however they are written", () => {
    const exact = createSplitAdded(added(["URL"]), lower);
    expect(exact("an URL or an url")).toEqual(["an ", 0, " or an url"]);
    const folded = createSplitAdded(added(["URL"], { normalized: true }), lower);
    expect(folded("an URL or an url")).toEqual(["an ", 0, " or an ", 0]);
  });

  it("does not find a token in what normalising made of two sides of another", () => {
    const [url, ab] = [...added(["URL"]), ...added(["ab"], { normalized: true })] as [AddedToken, AddedToken];
    expect(createSplitAdded([url, { ...ab, id: 1 }], lower)("AURLB ab")).toEqual(["a", 0, "b ", 1]);
  });

  it("takes the spaces before or after it, of every kind, and no others", () => {
    const text = "a \t<e>\n\u00a0b";
    expect(createSplitAdded(added(["<e>"], { lstrip: true }), same)(text)).toEqual(["a", 0, "\n\u00a0b"]);
    expect(createSplitAdded(added(["<e>"], { rstrip: true }), same)(text)).toEqual(["a \t", 0, "b"]);
    const both = createSplitAdded(added(["<e>"], { lstrip: true, rstrip: true }), same);
    expect(both(text)).toEqual(["a", 0, "b"]);
    expect(both("<e> <e>")).toEqual([0, 0]);
  });

  it("reads signs of regular expressions, and halves of characters, as themselves", () => {
    const signs = ["^", "$.*", "(a|b)", "[c-d]", "\\w", "{2}", "/", "?+", "😀", "é"];
    const split = createSplitAdded(added(signs), same);
    for (const [id, sign] of signs.entries()) expect(split(`x${sign}x`), sign).toEqual(["x", id, "x"]);
    expect(split("aw cd 😁 \ud83d e\u0301")).toEqual(["aw cd 😁 \ud83d e\u0301"]);
  });

  it("finds what a scan from the left finds, longest first", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "😀"), minLength: 1, maxLength: 3 });
    const tokens = fc.uniqueArray(word, { maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "😀", " "), maxLength: 20 });
    fc.assert(
      fc.property(tokens, text, (contents, whole) => {
        const parts: (string | number)[] = [];
        for (let at = 0, plain = ""; at <= whole.length;) {
          const here = contents.filter((content) => whole.startsWith(content, at));
          const longest = here.sort((a, b) => b.length - a.length)[0];
          if (plain !== "" && (longest !== undefined || at === whole.length)) parts.push(plain);
          if (longest !== undefined) parts.push(contents.indexOf(longest));
          plain = longest === undefined ? plain + whole.slice(at, at + 1) : "";
          at += longest?.length ?? 1;
        }
        expect(createSplitAdded(added(contents), same)(whole)).toEqual(parts);
      }),
    );
  });
});
