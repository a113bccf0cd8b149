// Headers that lie are refused by name; what the format allows is read.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { MAX_HEADER_BYTES, parseHeader, readHeaderLength } from "./safetensorsHeader.ts";

const lengthBytes = (length: bigint) => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
};
const entry = (dtype: string, shape: number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const parse = (header: object, dataBytes?: number) => parseHeader(JSON.stringify(header), dataBytes, "w");

describe("the length of a header", () => {
  it("is the first 8 bytes, little end first", () => {
    // 0x0102 = 258
    expect(readHeaderLength(Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0), 1000, "w")).toBe(258);
  });

  it.each([
    [100_000_000n, "claims 100000000 bytes; 2 to 8388608 would be right"],
    [2n ** 64n - 1n, "claims 18446744073709552000 bytes"],
    [0n, "claims 0 bytes"],
  ])("of %s bytes is refused", (length, message) => {
    expect(() => readHeaderLength(lengthBytes(length), undefined, "w")).toThrow(message);
  });

  it("may not pass the end of the file", () => {
    expect(() => readHeaderLength(lengthBytes(93n), 100, "w")).toThrow(
      "w: its header claims 93 bytes, the file has 100: it is cut short",
    );
    expect(readHeaderLength(lengthBytes(92n), 100, "w")).toBe(92);
    expect(MAX_HEADER_BYTES).toBe(8_388_608);
  });
});

describe("a header", () => {
  it("lists tensors in the order of their bytes, whatever its own", () => {
    // 2 x 3 halves = 12 bytes, then 2 float32 = 8 bytes, then no bytes at all
    const header = {
      b: entry("F32", [2], 12, 20),
      a: entry("F16", [2, 3], 0, 12),
      none: entry("I64", [0, 5], 20, 20),
    };
    const tensors = parse({ __metadata__: { format: "pt" }, ...header }, 20);
    expect(tensors.map(({ name }) => name)).toEqual(["a", "b", "none"]);
    expect(tensors[0]).toEqual({ name: "a", dtype: "F16", shape: [2, 3], begin: 0, end: 12 });
  });

  it("of a scalar needs one number", () => {
    expect(parse({ a: entry("I64", [], 0, 8) }, 8)[0]!.shape).toEqual([]);
  });

  it.each<[string, object, number | undefined, string]>([
    [
      "an overlap",
      { a: entry("F32", [2], 0, 8), b: entry("F32", [2], 4, 12) },
      12,
      'tensor "b" starts at byte 4, not 8: it overlaps the tensor before it',
    ],
    [
      "a hole",
      { a: entry("F32", [2], 0, 8), b: entry("F32", [1], 12, 16) },
      16,
      'tensor "b" starts at byte 12, not 8: it leaves a hole before it',
    ],
    ["a late start", { a: entry("F32", [1], 4, 8) }, 8, "not 0: it leaves a hole"],
    ["bytes past the file", { a: entry("F32", [2], 0, 8) }, 7, "its tensors take 8 bytes, the file holds 7"],
    ["bytes after the last", { a: entry("F32", [2], 0, 8) }, 9, "the file holds 9: it was cut or added to"],
    [
      "offsets unlike the shape",
      { a: entry("F32", [3], 0, 8) },
      8,
      'tensor "a" of type F32 and shape (3) needs 12 bytes, its offsets hold 8',
    ],
    ["offsets the wrong way round", { a: entry("F32", [2], 8, 0) }, 8, "its offsets hold -8"],
    ["an unknown type", { a: entry("F128", [2], 0, 32) }, 32, 'tensor "a" has the unknown type "F128"'],
    ["a type from Object's prototype", { a: entry("constructor", [2], 0, 8) }, 8, "unknown type"],
    ["a negative side", { a: entry("F32", [-2, -2], 0, 16) }, 16, "no shape of at most 8 whole numbers"],
    ["a product past all numbers", { a: entry("F32", [2 ** 40, 2 ** 40], 0, 8) }, 8, "needs"],
    ["nine dimensions", { a: entry("F32", [1, 1, 1, 1, 1, 1, 1, 1, 1], 0, 4) }, 4, "no shape of at most 8"],
    [
      "a third offset",
      { a: { dtype: "F32", shape: [1], data_offsets: [0, 4, 8] } },
      4,
      "no data_offsets of two",
    ],
    [
      "a fractional offset",
      { a: { dtype: "F32", shape: [1], data_offsets: [0, 4.5] } },
      4,
      "no data_offsets of two",
    ],
    ["an entry that is none", { a: [1] }, 4, "is not described by an object"],
    ["a list", [], 0, "its header is no JSON object"],
  ])("with %s is refused", (_, header, dataBytes, message) => {
    expect(() => parse(header, dataBytes)).toThrow(message);
  });

  it("that is no JSON is refused", () => {
    expect(() => parseHeader("{", 0, "w")).toThrow("w: its header is not JSON");
  });

  it("of any JSON gives tensors that tile the data, or one sentence", () => {
    const offset = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.double(), fc.constant(null));
    const tensor = fc.record({
      dtype: fc.constantFrom("F32", "F16", "BF16", "I64", "nope"),
      shape: fc.array(fc.oneof(fc.integer({ min: -1, max: 4 }), fc.double()), { maxLength: 3 }),
      data_offsets: fc.array(offset, { maxLength: 3 }),
    });
    const header = fc.oneof(
      fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(tensor, fc.jsonValue())),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        header,
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
        (value, dataBytes) => {
          try {
            const tensors = parseHeader(JSON.stringify(value), dataBytes, "w");
            expect(tensors.reduce((at, { begin, end }) => (expect(begin).toBe(at), end), 0)).toBe(
              dataBytes ?? tensors.at(-1)?.end ?? 0,
            );
          } catch (error) {
            expect((error as Error).name).toBe("DataError");
          }
        },
      ),
    );
  });
});
