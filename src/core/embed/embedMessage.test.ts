// What another page says is refused in one sentence unless it is exactly a mix; nothing of it can start a run.
import { describe, expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { isForLab, parseSetMix } from "./embedMessage.ts";

const MIX = { mono: 0.5, cross: 0.3, multi: 0.2 };
const message = (change: object = {}): Record<string, unknown> => ({
  lab: "hybrid-batch-lab",
  version: 1,
  type: "setMix",
  mix: MIX,
  ...change,
});

describe("a mix from the page around", () => {
  it("is four shares, the fourth 0 where it is not named", () => {
    expect(parseSetMix(message())).toEqual({ ...MIX, mixedMono: 0 });
    expect(parseSetMix(structuredClone(message({ mix: ofKinds({ mixedMono: 1 }) })))).toEqual(
      ofKinds({ mixedMono: 1 }),
    );
  });

  it("may be thirds, as people write them; they sum to 1 then", () => {
    const { mono, cross, multi } = parseSetMix(message({ mix: { mono: 0.333, cross: 0.333, multi: 0.333 } }));
    expect(mono + cross + multi).toBeCloseTo(1, 12);
    expect(mono).toBeCloseTo(1 / 3, 12);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "a sum below 1",
      message({ mix: { mono: 0.5, cross: 0.3, multi: 0.1 } }),
      /^mix sums to 0\.9; its shares must sum to 1$/,
    ],
    ["a sum above 1", message({ mix: { mono: 1, cross: 1, multi: 1 } }), /^mix sums to 3;/],
    ["NaN", message({ mix: { ...MIX, mono: NaN } }), /^mix\.mono must be a number from 0 to 1, got NaN$/],
    ["infinity", message({ mix: { ...MIX, mono: Infinity } }), /^mix\.mono must be .*got Infinity$/],
    [
      "a negative share",
      message({ mix: { mono: 1.2, cross: -0.2, multi: 0 } }),
      /^mix\.mono must be .*got 1\.2$/,
    ],
    ["a text for a number", message({ mix: { ...MIX, multi: "0.2" } }), /^mix\.multi must be .*got "0\.2"$/],
    [
      "a share that is missing",
      message({ mix: { mono: 0.5, cross: 0.5 } }),
      /^mix\.multi must be .*got nothing$/,
    ],
    ["a kind nobody knows", message({ mix: { ...MIX, poly: 0 } }), /^mix\.poly is no part of the message/],
    ["a key nobody knows", message({ steps: 10 }), /^steps is no part of the message/],
    ["no mix", message({ mix: undefined }), /^mix must be an object of shares, got nothing$/],
    ["a list", message({ mix: [0.5, 0.3, 0.2] }), /^mix must be an object of shares, got a list$/],
    ["no version", message({ version: undefined }), /speaks version 1 .*says nothing$/],
    [
      "a version of the future",
      message({ version: 2 }),
      /^this lab speaks version 1 of these messages, the message says 2$/,
    ],
    ["another program's", message({ lab: "other" }), /^lab must be "hybrid-batch-lab", got "other"$/],
    [
      "a wish to train",
      message({ type: "train" }),
      /^type must be "setMix", got "train": .*by a click in the lab only$/,
    ],
    ["a wish to start a run", message({ type: "runStarted" }), /got "runStarted"/],
    ["text", "setMix", /^a message to the lab is an object/],
    ["nothing", null, /^a message to the lab is an object/],
    ["a map", new Map(Object.entries(message())), /^a message to the lab is an object/],
    ["a buffer", new Uint8Array(1e6), /^a message to the lab is an object/],
  ])("refuses %s", (_, data, sentence) => {
    expect(() => parseSetMix(data)).toThrow(sentence);
  });

  it("refuses keys of prototypes, and takes nothing from them", () => {
    const own = JSON.parse(
      `{"lab":"hybrid-batch-lab","version":1,"type":"setMix","mix":{"mono":1,"cross":0,"multi":0,"__proto__":{"mixedMono":0}}}`,
    ) as object;
    expect(() => parseSetMix(own)).toThrow(/__proto__ is no part of the message/);
    const inherited = Object.assign(Object.create({ mix: MIX }) as object, message({ mix: undefined }));
    expect(() => parseSetMix(inherited)).toThrow(/is an object with/);
    const constructed = message({ mix: { ...MIX, constructor: 1 } });
    expect(() => parseSetMix(constructed)).toThrow(/constructor is no part of the message/);
    expect(({} as { mixedMono?: unknown }).mixedMono).toBeUndefined();
  });

  it("looks at no more of a huge one than it needs, and says little of it", () => {
    const many = message({ mix: Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`k${i}`, 0])) });
    expect(() => parseSetMix(many)).toThrow(/^the message is too large/);
    expect(() => parseSetMix(message({ type: "x".repeat(1e6) }))).toThrow(/^the message is too large/);
    let deep: object = {};
    for (let i = 0; i < 1e5; i++) deep = { deep };
    expect(() => parseSetMix(message({ mix: deep }))).toThrow(/^the message is too large/);
  });

  it("names what is wrong without what would deceive", () => {
    expect(() => parseSetMix(message({ type: "a\u202eb" }))).toThrow(/"a\[U\+202E\]b"/);
  });
});

describe("whom a message is for", () => {
  it("is the lab where it says so; all else is other people's talk", () => {
    expect(isForLab(message({ version: 9 }))).toBe(true);
    for (const data of [undefined, null, 1, "hybrid-batch-lab", [], { type: "setMix" }, new Date(0)])
      expect(isForLab(data)).toBe(false);
  });
});
