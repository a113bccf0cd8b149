// Equal values, one spelling; what JSON cannot carry is refused by path.
import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonicalJson.ts";

it("sorts keys at every depth, keeps the order of lists, writes no white space", () => {
  expect(canonicalJson({ b: [2, { d: 1, c: null }], a: "x y" })).toBe('{"a":"x y","b":[2,{"c":null,"d":1}]}');
});

it("sorts keys by UTF-16 unit, as RFC 8785 asks: upper case first, surrogates before U+FFFF", () => {
  expect(canonicalJson({ "\uffff": 1, "\u{1f600}": 2, a: 3, B: 4 })).toBe(
    '{"B":4,"a":3,"\u{1f600}":2,"\uffff":1}',
  );
});

it("leaves out undefined members and writes -0 as 0", () => {
  expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}');
});

it.each([
  [{ a: { b: [1, Number.NaN] } }, "$.a.b[1] is NaN"],
  [[Infinity], "$[0] is Infinity"],
  [{ f: () => 1 }, "$.f is a function"],
  [[undefined], "$[0] is a undefined"],
  [{ n: 1n }, "$.n is a bigint"],
])("refuses %o", (value, message) => {
  expect(() => canonicalJson(value)).toThrow(message);
});

it("says the same whatever order the keys were set in, and nothing is lost", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
