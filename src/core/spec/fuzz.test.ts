// Links of any content: a spec that can run, at most so many problems, soon. FUZZ_RUNS repeats it with more of each kind.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { damage, damagedBytes } from "../../testing/damagedBytes.ts";
import { soonSync } from "../../testing/soon.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { decodeLink, encodeLink, MAX_PROBLEMS } from "./link.ts";
import { parseSpec } from "./parseSpec.ts";
import { PRESETS } from "./presets.ts";

/** Links of each of the four kinds. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1000);

/** Reads a link as anyone's, and holds what it owes. */
function check(link: string): void {
  const { spec, preset, problems } = soonSync(
    () => decodeLink(link),
    () => link.slice(0, 200),
  );
  if (problems.length > MAX_PROBLEMS + 1) expect.fail(`${problems.length} problems: ${link.slice(0, 200)}`);
  expect(parseSpec(spec)).toEqual(spec);
  const again = decodeLink(encodeLink(spec, preset));
  expect(again.spec).toEqual(spec);
  expect(again.problems).toEqual([]);
}

const keys = [...SPEC_PATHS.map((path) => fieldAt(path).key), "v", "preset", "expect", "stop", "from"];
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
  ),
);
const entry = fc.tuple(fc.constantFrom(...keys), word).map(([key, value]) => `${key}=${value}`);
const whole = fc.constantFrom(
  ...PRESETS.map(({ spec, name }) => {
    const other = PRESETS.find((preset) => preset.name !== name)!;
    return `https://example.org/lab/#${encodeLink(spec, other)}`;
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
