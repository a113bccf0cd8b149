// Links of any content: a spec that can run, at most so many problems, soon. FUZZ_RUNS repeats it with more of each kind.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { damage, damagedBytes } from "../../testing/damagedBytes.ts";
import { soonSync } from "../../testing/soon.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { decodeLink, encodeLink, MAX_PROBLEMS, type ExpectedResult } from "./link.ts";
import { formatMade } from "./linkMade.ts";
import { parseSpec } from "./parseSpec.ts";
import { PRESETS } from "./presets.ts";

/** Links of each of the four kinds. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1000);

/** Reads a link as anyone's, and holds what it owes. */
function check(link: string): void {
  const { spec, preset, problems, expected } = soonSync(
    () => decodeLink(link),
    () => link.slice(0, 200),
  );
  if (problems.length > MAX_PROBLEMS + 1) expect.fail(`${problems.length} problems: ${link.slice(0, 200)}`);
  expect(parseSpec(spec)).toEqual(spec);
  const again = decodeLink(encodeLink(spec, preset, expected && { expected }));
  if (expected?.made) expect(formatMade(expected.made)).toMatch(MADE_TEXT);
  expect(again.expected?.made).toEqual(expected?.made);
  expect(again.spec).toEqual(spec);
  expect(again.problems).toEqual([]);
}

const keys = [
  ...SPEC_PATHS.map((path) => fieldAt(path).key),
  "v",
  "preset",
  "expect",
  "made",
  "stop",
  "from",
];
const EXPECTED: ExpectedResult = {
  digest: "0123456789abcdef",
  backend: "wasm",
  map: { mono: 0.5, cross: 0.25, multi: 0.125 },
  rankDistance: 81.5,
  made: {
    lab: "0.3.0",
    arithmetic: 2,
    device: "wasm-simd-fma",
    data: ["0123456789", "abcdef0123"],
    encoder: "0011223344",
    tokenizer: "5566778899",
    teacher: "aabbccddee",
    plan: "0000000000",
    losses: "1111111111",
    metrics: "2222222222",
    loss: 2.3456,
    tolerance: 1,
  },
};
/** What is compared must be what was promised, whole. */
const MADE_TEXT =
  /^[a-z0-9.-]{1,24},\d{1,6},[a-z0-9.-]{1,60}(?::(?:[0-9a-f]{10}|-)(?:,(?:[0-9a-f]{10}|-)){0,2}){3}:[\d.-]+,\d{1,3}$/;
const number = fc.oneof(
  fc.constantFrom(
    "-1e999",
    "1e999",
    "-100000000",
    "NaN",
    "0x10",
    "1e-320",
    "9007199254740993",
    "-0",
    "",
    " 7 ",
  ),
  fc.double().map(String),
  fc.integer().map(String),
);
const word = fc.oneof(
  number,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    ...PRESETS.map(({ name }) => name),
    "auto",
    "none",
    "de,en",
    "de:2,en:1",
    "mono:.7,cross:.3",
    "%",
    "%zz",
    "&amp;",
    formatMade(EXPECTED.made!),
    formatMade(EXPECTED.made!).slice(0, 70),
  ),
);
const entry = fc.tuple(fc.constantFrom(...keys), word).map(([key, value]) => `${key}=${value}`);
const whole = fc.constantFrom(
  ...PRESETS.map(({ spec, name }) => {
    const other = PRESETS.find((preset) => preset.name !== name)!;
    return `https://example.org/lab/#${encodeLink(spec, other, { expected: EXPECTED })}`;
  }),
);
const bytes = new TextEncoder();
const text = new TextDecoder();

describe("links of any content", { timeout: Math.max(60_000, 20 * RUNS) }, () => {
  it("of known keys and any values", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => check(`#${entries.join("&")}`)),
      { numRuns: RUNS },
    );
  });

  it("that were damaged on their way", () => {
    fc.assert(
      fc.property(whole, fc.array(damage, { minLength: 1, maxLength: 4 }), (link, hurts) =>
        check(text.decode(hurts.reduce(damagedBytes, bytes.encode(link)))),
      ),
      { numRuns: RUNS },
    );
  });

  it("that are no links", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: RUNS });
  });

  it("that are long", () => {
    const piece = fc.oneof(entry, fc.string({ unit: "binary", minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(
        piece,
        fc.constantFrom("", "&", "%26", "&amp;", "#"),
        fc.integer({ min: 1, max: 3000 }),
        (one, between, times) => check(`#v=2&${`${one}${between}`.repeat(times)}`),
      ),
      { numRuns: RUNS },
    );
  });
});
