// Thrift's compact protocol, as far as Parquet's headers use it: numbers and structures by field. Checked as it is read, so
// that no length in it makes anyone read on or take memory without end. Knows no header.

/** A structure by its field numbers; texts, lists and fractions are passed over. */
export interface ThriftStruct {
  readonly [field: number]: number | ThriftStruct | undefined;
}

const DEEPEST = 16; // Parquet's own go 6 deep
const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12];

/**
 * The structure that begins at a place, and where it ends.
 * @throws Error in a few words: what about it cannot be
 */
export function readThrift(bytes: Uint8Array, start: number): { value: ThriftStruct; end: number } {
  let at = start;
  const byte = (): number => {
    if (at >= bytes.length) throw new Error("a header ends in the middle");
    return bytes[at++]!;
  };
  const varint = (longest: number): number => {
    let value = 0;
    for (let i = 0; i < longest; i++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * i);
      if (next < 0x80) return value;
    }
    throw new Error("a header holds a number of too many bytes");
  };
  const zigzag = (longest: number): number => {
    const value = varint(longest);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const skip = (count: number): undefined => {
    if (count > bytes.length - at) throw new Error("a header claims more bytes than there are");
    at += count;
  };
  const list = (depth: number): undefined => {
    const head = byte();
    const count = head >> 4 === 15 ? varint(5) : head >> 4;
    if (count > bytes.length - at) throw new Error("a header claims a list longer than itself");
    const type = head & 15;
    for (let i = 0; i < count; i++) element(type === TRUE || type === FALSE ? BYTE : type, depth);
  };
  function element(type: number, depth: number): number | ThriftStruct | undefined {
    if (type === TRUE || type === FALSE) return Number(type === TRUE);
    if (type === BYTE) return byte();
    if (type === I16 || type === I32) return zigzag(5);
    if (type === I64) return zigzag(10);
    if (type === DOUBLE) return skip(8);
    if (type === BINARY) return skip(varint(5));
    if (type === LIST) return list(depth + 1);
    if (type === STRUCT) return struct(depth + 1);
    throw new Error(`a header holds a field of the unknown type ${type}`);
  }
  function struct(depth: number): ThriftStruct {
    if (depth > DEEPEST) throw new Error(`a header nests deeper than ${DEEPEST}`);
    const value: Record<number, number | ThriftStruct | undefined> = {};
    let field = 0;
    for (let head = byte(); head !== 0; head = byte()) {
      const type = head & 15;
      if (type === 0) return value; // the library ends here too
      field = head >> 4 === 0 ? zigzag(5) : field + (head >> 4);
      value[field] = element(type, depth);
    }
    return value;
  }
  const value = struct(0);
  return { value, end: at };
}
