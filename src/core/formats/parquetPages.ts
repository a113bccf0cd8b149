// Whether the pages of a Parquet column are what their headers claim, asked before the library follows them: on damaged ones
// it goes back and forth without end or takes all memory. Decodes no value.
import { readThrift, type ThriftStruct } from "./thrift.ts";

/** A column of a row group, by the file's footer. */
export interface PagedColumn {
  readonly definition: number; // its largest levels
  readonly repetition: number;
  readonly boolean: boolean;
  readonly flat: boolean; // a value a row: pages behind the last row are not looked at
  readonly rows: number;
  readonly unpack: (packed: Uint8Array, size: number) => Uint8Array;
}

/** How much the pages of one column may hold together. */
export interface PageLimits {
  readonly values: number;
  readonly bytes: number;
}

const [DATA, DICTIONARY, DATA_V2] = [0, 2, 3];
const [PLAIN_DICTIONARY, RLE, DELTA_BINARY, DELTA_LENGTHS, DELTA_TEXTS, RLE_DICTIONARY] = [2, 3, 5, 6, 7, 8];

/** @throws Error in a few words: what about them cannot be */
export function checkPages(chunk: Uint8Array, column: PagedColumn, limits: PageLimits): void {
  let [values, bytes] = [0, 0];
  for (let at = 0; at < chunk.length - 1;) {
    if (column.flat && values >= column.rows) return;
    const { value: header, end } = readThrift(chunk, at);
    const [type, size, packed] = [header[1], count(header[2]), count(header[3])];
    if (packed > chunk.length - end) throw new Error("a page is longer than its column");
    bytes += size;
    if (bytes > limits.bytes) throw new Error(`its pages expand to more than ${limits.bytes} bytes`);
    const content = chunk.subarray(end, end + packed);
    if (type === DICTIONARY) {
      if (count(field(header, 7)[1]) > 8 * size) throw new Error("a dictionary claims more than it holds");
    } else {
      const facts = field(header, type === DATA ? 5 : 8);
      const n = count(facts[1]);
      values += n;
      if (values > limits.values) throw new Error(`its pages claim more than ${limits.values} values`);
      if (type === DATA) checkData(column.unpack(content, size), n, count(facts[2]), column, limits);
      else if (type === DATA_V2) checkDataV2(content, { size, n, facts }, column, limits);
      else throw new Error("a page is of an unknown kind");
    }
    at = end + packed;
  }
}

function count(value: ThriftStruct[number]): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new Error("a page header lacks a number");
}

function field(header: ThriftStruct, name: number): ThriftStruct {
  const value = header[name];
  if (typeof value === "object") return value;
  throw new Error("a page header lacks its half");
}

function checkData(
  page: Uint8Array,
  n: number,
  encoding: number,
  column: PagedColumn,
  limits: PageLimits,
): void {
  let at = 0;
  let there = n; // values that are not null
  for (const level of [column.repetition, column.definition]) {
    if (level === 0) continue;
    if (page.length - at < 4) throw new Error("a page ends before its levels");
    const length = new DataView(page.buffer, page.byteOffset + at).getUint32(0, true);
    const found = checkRuns(page.subarray(at + 4), widthOf(level), n, level);
    if (level === column.definition) there = found;
    at += 4 + length;
  }
  checkValues(page.subarray(Math.min(at, page.length)), there, encoding, column, limits);
}

function checkDataV2(
  content: Uint8Array,
  { size, n, facts }: { readonly size: number; readonly n: number; readonly facts: ThriftStruct },
  column: PagedColumn,
  limits: PageLimits,
): void {
  if (count(facts[3]) > limits.values) throw new Error("a page claims too many rows");
  const there = n - count(facts[2]);
  if (there < 0) throw new Error("a page claims more nulls than values");
  const [repetitions, definitions] = [count(facts[6]), count(facts[5])];
  const levels = repetitions + definitions;
  if (levels > content.length || levels > size) throw new Error("a page ends before its levels");
  if (column.repetition > 0) checkRuns(content, widthOf(column.repetition), n);
  if (column.definition > 0) checkRuns(content.subarray(repetitions), widthOf(column.definition), n);
  const rest = content.subarray(levels);
  const page = facts[7] === 0 ? rest : column.unpack(rest, size - levels);
  checkValues(page, there, count(facts[4]), column, limits);
}

const widthOf = (level: number): number => 32 - Math.clz32(level);

function checkValues(
  bytes: Uint8Array,
  n: number,
  encoding: number,
  { boolean }: PagedColumn,
  limits: PageLimits,
): void {
  if (encoding === RLE && boolean) checkRuns(bytes.subarray(4), 1, n);
  else if (encoding === RLE || encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) {
    const width = bytes[0] ?? 0;
    if (width > 32) throw new Error("a page has indices of more than 32 bits");
    checkRuns(bytes.subarray(1), width, n);
  } else if (encoding === DELTA_BINARY || encoding === DELTA_LENGTHS) checkDeltas(bytes, n);
  else if (encoding === DELTA_TEXTS) checkTexts(bytes, n, limits);
}

/**
 * Runs of equal numbers and packed ones, by turns: the library adds all that a run claims, whatever the page has.
 * @returns how many of the first `n` are `wanted`; all of them where it is left out
 */
function checkRuns(bytes: Uint8Array, width: number, n: number, wanted?: number): number {
  const size = (width + 7) >> 3;
  let [at, seen, found] = [0, 0, 0];
  while (seen < n && at < bytes.length) {
    const { value: head, next } = varintAt(bytes, at);
    const [length, packed] = [Math.floor(head / 2), head % 2 === 1];
    if (length > (packed ? Math.max(n, bytes.length) : n - seen))
      throw new Error("a run is longer than its page");
    const numbers = Math.min(packed ? 8 * length : length, n - seen);
    if (wanted === undefined) found += numbers;
    else if (!packed) found += bits(bytes, next, 8 * size, 0) === wanted ? numbers : 0;
    else for (let i = 0; i < numbers; i++) if (bits(bytes, next, width, i) === wanted) found++;
    seen += numbers;
    at = next + (packed ? length * width : size);
  }
  return found; // fewer than `n` where nulls take no value; what else is missing the library says
}

function varintAt(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new Error("a page ends in the middle of a number");
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return { value, next: start + i + 1 };
  }
  throw new Error("a page holds a number of too many bytes");
}

/**
 * Differences in blocks: of a size that the format allows, as many as the page needs.
 * @param visit is given each number's difference to the one before
 * @returns where they end
 */
function checkDeltas(bytes: Uint8Array, n: number, visit?: (delta: number) => void): number {
  if (n === 0) return 0;
  const block = varintAt(bytes, 0);
  const perBlock = varintAt(bytes, block.next);
  const total = varintAt(bytes, perBlock.next);
  const first = varintAt(bytes, total.next);
  const size = block.value / perBlock.value;
  if (!(size > 0 && size % 32 === 0 && block.value <= 2 ** 20))
    throw new Error("a page has blocks of a size that the format does not know");
  if (total.value < n) throw new Error("a page has fewer differences than values");
  visit?.(signed(first.value));
  let at = first.next;
  for (let seen = 1; seen < n;) {
    const least = varintAt(bytes, at);
    at = least.next + perBlock.value;
    for (let i = 0; i < perBlock.value && seen < n; i++, seen += size) {
      const width = bytes[least.next + i];
      if (width === undefined || width > 64) throw new Error("a page has differences of more than 64 bits");
      const numbers = visit ? Math.min(size, n - seen) : 0;
      for (let j = 0; j < numbers; j++) visit!(signed(least.value) + bits(bytes, at, width, j));
      at += (size * width) / 8;
    }
  }
  return at;
}

const signed = (zigzag: number): number => (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2);

/** The j-th of the numbers of `width` bits that are packed from a place on. */
function bits(bytes: Uint8Array, at: number, width: number, j: number): number {
  let value = 0;
  for (let k = 0; k < width; k++) {
    const bit = j * width + k;
    if (((bytes[at + (bit >> 3)] ?? 0) >> (bit & 7)) & 1) value += 2 ** k;
  }
  return value;
}

/** Texts that begin like the one before: a few bytes may claim gigabytes. */
function checkTexts(bytes: Uint8Array, n: number, limits: PageLimits): void {
  let [shared, total] = [0, 0];
  const end = checkDeltas(bytes, n, (delta) => {
    shared = (shared + delta) | 0; // as the library adds
    total += shared;
    if (shared < 0 || total > limits.bytes) throw new Error(`its texts take more than ${limits.bytes} bytes`);
  });
  checkDeltas(bytes.subarray(Math.min(end, bytes.length)), n);
}
