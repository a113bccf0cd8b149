// How a result came about, as a value of a link.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeLink, encodeLink } from "./link.ts";
import { linkEntries } from "./linkText.ts";
import { deviceSlug, formatMade, labSlug, parseMade, type ExpectedMade } from "./linkMade.ts";
import { DEFAULT_PRESET } from "./presets.ts";

const MADE: ExpectedMade = {
  lab: "0.3.0",
  arithmetic: 2,
  device: "wasm-simd-fma",
  data: ["0123456789"],
  encoder: "abcdef0123",
  tokenizer: "9876543210",
  plan: "1111111111",
  losses: "2222222222",
  metrics: "3333333333",
  loss: 2.3456,
  tolerance: 1,
};
const TEXT =
  "0.3.0,2,wasm-simd-fma:0123456789:abcdef0123,9876543210:1111111111,2222222222,3333333333:2.3456,1";
const RESULT = "expect=0123456789abcdef,wasm,0.5,0.25,0.125,81.5";

describe("what a link says of its result", () => {
  it("is 96 characters of small letters, digits, marks that mail programs leave, and comes back", () => {
    expect(formatMade(MADE)).toBe(TEXT);
    expect(TEXT).toHaveLength(96);
    expect(TEXT).toMatch(/^[a-z0-9.,:-]+$/);
    expect(parseMade(TEXT)).toEqual(MADE);
    expect(parseMade(TEXT.toUpperCase())).toEqual(MADE);
  });

  it("has two datasets, a teacher, no tokenizer, no loss where it is so", () => {
    const { tokenizer: _, loss: __, ...rest } = MADE;
    const other = { ...rest, data: ["0123456789", "aaaaaaaaaa"], teacher: "bbbbbbbbbb" };
    expect(formatMade(other)).toContain(":0123456789,aaaaaaaaaa:abcdef0123,-,bbbbbbbbbb:");
    expect(formatMade(other)).toMatch(/:-,1$/);
    expect(parseMade(formatMade(other))).toEqual(other);
  });

  it("is of any lab and any device", () => {
    expect(deviceSlug("wasm SIMD FMA, 8 threads")).toBe("wasm-simd-fma");
    expect(deviceSlug("NVIDIA GeForce RTX 4090 (nvidia)")).toBe("nvidia-geforce-rtx-4090-nvidia");
    expect([deviceSlug("…"), labSlug("0.3.0+Own build")]).toEqual(["unknown", "0.3.0-own-build"]);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.nat(1e9),
        (lab, device, loss) => {
          const made = { ...MADE, lab: labSlug(lab), device: deviceSlug(device), loss: loss / 16 };
          expect(parseMade(formatMade(made))).toEqual(made);
        },
      ),
    );
  });

  it("rides in a link of its own key, beside the result", () => {
    const { expected } = decodeLink(`v=6&preset=hybrid&${RESULT}`);
    const link = encodeLink(DEFAULT_PRESET.spec, DEFAULT_PRESET, { expected: { ...expected!, made: MADE } });
    expect(link).toContain(`&made=${TEXT}`);
    expect(decodeLink(link)).toMatchObject({
      expected: { ...expected, made: MADE },
      problems: [],
      unknown: {},
    });
    expect(decodeLink(`v=6&preset=hybrid&made=${TEXT}`)).toMatchObject({ problems: [], unknown: {} }); // of nothing
  });

  it.each([
    [
      "another letter case",
      (link: string) => link.replace(TEXT, TEXT.toUpperCase()).replace("made=", "MADE="),
    ],
    ["entities", (link: string) => link.replaceAll("&", "&amp;")],
    [
      "quoted-printable",
      (link: string) => `${link.slice(0, 60)}=\r\n${link.slice(60)}`.replaceAll(/=(?!\r)/g, "=3D"),
    ],
    ["escaped commas and colons", (link: string) => link.replaceAll(",", "%2C").replaceAll(":", "%3A")],
    ["a line break and an answer's mark", (link: string) => `${link.slice(0, 70)}\r\n> ${link.slice(70)}`],
    ["the end of a sentence", (link: string) => `<${link}>.`],
    [
      "a program that checks links",
      (link: string) =>
        `https://safelinks.example/?url=${encodeURIComponent(`https://lab.example/#${link}`)}&data=1`,
    ],
  ])("survives %s", (_, spoil) => {
    const link = `v=6&preset=hybrid&${RESULT}&made=${TEXT}`;
    const spoilt = spoil(link);
    expect(decodeLink(spoilt).expected?.made, linkEntries(spoilt)).toEqual(MADE);
  });

  it.each([
    "",
    "1",
    TEXT.slice(0, -2), // cut
    TEXT.slice(0, 60),
    `${TEXT}0000000`,
    TEXT.replace("0123456789", "012345678"), // a digit is missing
    TEXT.replace("0123456789", "012345678g"),
    TEXT.replace(",2,", ",-2,"),
    TEXT.replace(",2,", ",,"),
    TEXT.replace("2.3456", "NaN"),
    TEXT.replace("2.3456", "1e9"),
    TEXT.replace("2.3456", "Infinity"),
    TEXT.replace("wasm-simd-fma", "<script>"),
    TEXT.replace("wasm-simd-fma", "w".repeat(61)),
    TEXT.replace("0.3.0", ""),
    "__proto__,2,x:0:0:0:0",
    TEXT.repeat(5),
    ":".repeat(60_000),
    "0".repeat(60_000),
    "[object Object]",
  ])("is refused by its name where it is none (%#), and the result is kept", (made) => {
    const { expected, problems, unknown } = decodeLink(`v=6&preset=hybrid&${RESULT}&made=${made}`);
    expect(expected).toEqual(decodeLink(`v=6&preset=hybrid&${RESULT}`).expected);
    expect(problems).toMatchObject([{ path: "made", outcome: "refused" }]);
    expect(problems[0]!.message).toMatch(/^made must be lab,arithmetic,device:.*the result still is$/);
    expect(unknown).toEqual({});
  });
});
