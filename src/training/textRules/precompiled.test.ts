import { describe, expect, it } from "vitest";
import { charsmap } from "../../testing/tokenizers/charsmaps.ts";
import { applyCharMap, clustersOf, parseCharMap, PLAIN } from "./precompiled.ts";

const by = (rules: Readonly<Record<string, string>>) => applyCharMap(parseCharMap(charsmap(rules)));

describe("a precompiled map", () => {
  it("replaces, deletes and leaves alone what it says", () => {
    const map = by({ ﬁ: "fi", "\u200b": "", "½": "1/2" });
    expect(map("ﬁne \u200b½ é")).toBe("fine 1/2 é");
  });

  it("takes the shortest sequence that has a replacement, as the published tokenizers do", () => {
    expect(by({ "e\u0301": "é", e: "E" })("e\u0301a")).toBe("Ea"); // a cluster is replaced as a whole
    expect(by({ "e\u0301": "é" })("e\u0301e")).toBe("ée");
  });

  it("maps the characters of a long cluster one by one", () => {
    // two emoji and a joiner: 11 bytes, so not looked up as a whole
    expect(by({ "👩": "w" })("👩\u200d👩")).toBe("w\u200dw");
  });

  it("takes a text of plain characters apart without asking for its clusters: each of them is one beside any", () => {
    const plain = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter((char) =>
      PLAIN.test(char),
    );
    expect(plain.length).toBeGreaterThan(40_000); // of which some 39,000 are ideographs and syllables
    // Whether two characters belong together hangs on their classes: one that is alone beside itself and a letter is alone.
    const joined = plain.filter((char) => [...clustersOf(`x${char}${char}x`)].length !== 4);
    expect(joined).toEqual([]);
    const classes = [..."aéЖա א ش١、あ漢한각"].join("");
    expect([...clustersOf(classes)]).toEqual([...classes]);
  });

  it("gives a text in which nothing changes back, and changes what does in one read before or after it", () => {
    const map = by({ é: "e", "½": "1/2" });
    expect(["été", "tot", "½ tot", "été"].map(map)).toEqual(["ete", "tot", "1/2 tot", "ete"]);
  });

  it.each([
    ["what is not base64", "*"],
    ["nothing", ""],
    ["a size beyond its end", btoa("\u00ff\u0000\u0000\u0000abcd")],
    ["a size that is no whole number of units", btoa("\u0002\u0000\u0000\u0000abcd")],
  ])("refuses %s", (_, base64) => {
    expect(() => parseCharMap(base64)).toThrow(/^its precompiled_charsmap /);
  });
});
