// A run made again against what a verified link says of it: which part came out how, and what differs first.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { ARITHMETIC } from "../arithmetic.ts";
import { DEFAULT_PRESET } from "../spec/presets.ts";
import { decodeLink, encodeLink, type ExpectedResult } from "../spec/link.ts";
import { compareExpected } from "./compareLink.ts";
import { digestOf } from "./digest.ts";
import { verifiedResult } from "./expectedResult.ts";
import type { RunRecord } from "./runRecord.ts";

const closed = (record: Omit<RunRecord, "digest">): RunRecord => ({ ...record, digest: digestOf(record) });
const sent = closed({
  ...testRecord,
  environment: { ...testRecord.environment, arithmetic: ARITHMETIC, tokenizerSha256: "c".repeat(64) },
  points: [
    { step: 1, metric: "loss/mono", value: 2, kind: "mono" },
    { step: 2, metric: "loss/cross", value: 3, kind: "cross" },
    { step: 2, metric: "perf/pairs_per_s", value: 7 },
  ],
});
const expected = verifiedResult(sent)!;

/** As somebody else receives it. */
const received = (result: ExpectedResult = expected) =>
  decodeLink(encodeLink(sent.spec, DEFAULT_PRESET, { expected: result })).expected!;
const withEnvironment = (change: Partial<RunRecord["environment"]>, record = sent) =>
  closed({ ...record, environment: { ...record.environment, ...change } });
const withFinal = (value: number, record = sent) =>
  closed({
    ...record,
    final: { ...record.final, values: { ...record.final.values, "map/cross": value } },
  });
const withLoss = (value: number, record = sent) =>
  closed({ ...record, points: record.points.map((p) => (p.metric === "loss/mono" ? { ...p, value } : p)) });
const verdictsOf = (record: RunRecord, result = received()) => {
  const { verdict, parts } = compareExpected(result, record);
  return [verdict, ...parts.map((one) => one.verdict)];
};
const cross = sent.final.values["map/cross"]!;
const ELSEWHERE = { backend: "webgpu", adapter: "Some GPU (maker)" } as const;

describe("a verified link", () => {
  it("is repeated in every part by the same numbers, whatever the threads", () => {
    expect(verdictsOf(sent)).toEqual(["repeated", "repeated", "repeated", "repeated"]);
    expect(verdictsOf(withEnvironment({ adapter: "wasm SIMD, 7 threads" }))[0]).toBe("repeated");
    expect(verdictsOf(withEnvironment(ELSEWHERE))[0]).toBe("repeated"); // another device that gave equal bits
  });

  it("is reproduced by another device within tolerance, its plan to the last batch", () => {
    const here = withEnvironment(ELSEWHERE, withLoss(2.05, withFinal(cross + 0.005))); // mean 2.525, 1 % off
    expect(verdictsOf(here)).toEqual(["reproduced", "repeated", "reproduced", "reproduced"]);
    const { lines, parts } = compareExpected(received(), here);
    expect(parts[1]!.what).toBe("mean 2.5000 there, 2.5250 here");
    expect(lines).toContain("The first thing that differs: the device.");
    expect(lines).toContain("Device: made on wasm-simd (wasm); this is some-gpu-maker (webgpu).");
  });

  it("is different on the same device where a bit differs: nothing explains it", () => {
    const here = withLoss(2.000001);
    expect(verdictsOf(here)).toEqual(["different", "repeated", "different", "repeated"]);
    const { lines } = compareExpected(received(), here);
    expect(lines).toContain("The first thing that differs: the losses.");
    expect(lines.at(-1)).toContain("the result was altered, or one of the two devices errs");
  });

  it("is different elsewhere beyond tolerance, of losses alone or of numbers alone", () => {
    expect(verdictsOf(withEnvironment(ELSEWHERE, withLoss(2.2)))).toEqual([
      "different",
      "repeated",
      "different", // mean 2.6 for 2.5: 4 %
      "repeated",
    ]);
    expect(verdictsOf(withEnvironment(ELSEWHERE, withFinal(cross + 0.02)))).toEqual([
      "different",
      "repeated",
      "repeated",
      "different",
    ]);
  });

  it("is different where other batches were drawn, but for a rule that goes by what a device measures", () => {
    const drawn = (record: RunRecord) =>
      withEnvironment(ELSEWHERE, closed({ ...record, realised: { ...record.realised, en: 99 } }));
    expect(verdictsOf(drawn(sent))).toEqual(["different", "different", "repeated", "repeated"]);
    const ruled = closed({
      ...sent,
      spec: { ...sent.spec, batch: { ...sent.spec.batch, schedule: "exp3" } },
    });
    expect(verdictsOf(drawn(ruled), verifiedResult(ruled))).toEqual([
      "reproduced",
      "different",
      "repeated",
      "repeated",
    ]);
  });

  it.each([
    [
      { dataSha256: { "cldr-emoji": "d".repeat(64) } },
      "data",
      "cldr-emoji is not the dataset it was made of",
    ],
    [
      { tokenizerSha256: "d".repeat(64), encoderSha256: "e".repeat(64) },
      "tokenizer",
      "has another tokenizer",
    ],
    [{ encoderSha256: "d".repeat(64) }, "encoder", "is not the encoder it began with"],
    [{ arithmetic: ARITHMETIC + 1 }, "version", `this is lab 0.1.0, arithmetic ${ARITHMETIC + 1}`],
  ] as const)("names what differs first: %o", (change, which, words) => {
    const { lines } = compareExpected(received(), withEnvironment(change, withFinal(cross + 0.5)));
    expect(lines).toContain(`The first thing that differs: the ${which}.`);
    expect(lines.join("\n")).toContain(words);
    const both = withEnvironment({ ...ELSEWHERE, ...change }, withFinal(cross + 0.5));
    expect(compareExpected(received(), both).lines).toContain(`The first thing that differs: the ${which}.`);
  });

  it("says nothing of a tokenizer that an older lab did not name", () => {
    const { tokenizer: _, ...made } = expected.made!;
    const { lines } = compareExpected(
      received({ ...expected, made }),
      withEnvironment({ tokenizerSha256: "d".repeat(64) }, withFinal(cross + 0.5)),
    );
    expect(lines).toContain("The first thing that differs: the metrics.");
  });

  it("names what in a forged link contradicts the rest of it", () => {
    const forged = received({ ...expected, made: { ...expected.made!, losses: "0".repeat(10) } });
    const { verdict, lines } = compareExpected(forged, sent);
    expect(verdict).toBe("repeated"); // the whole digest covers all
    expect(lines[1]).toMatch(/^The link contradicts itself: its digest of the losses/);
    const other = received({ ...expected, digest: "0".repeat(16) });
    expect(verdictsOf(sent, other)).toEqual(["different", "repeated", "repeated", "repeated"]);
    expect(compareExpected(other, sent).lines).toContain(
      "The first thing that differs: evaluations on the way, or what they are held against.",
    );
  });

  it("judges by its own tolerance where it does not know the link's, and says so", () => {
    const later = received({
      ...expected,
      digest: "0".repeat(16),
      made: { ...expected.made!, tolerance: 7 },
    });
    expect(compareExpected(later, withFinal(cross + 0.5)).lines.at(-1)).toContain("tolerance class 7");
  });

  it("fits the parts of a sender whose lab measured less", () => {
    const today = closed({
      ...sent,
      format: 6,
      final: { ...sent.final, values: { ...sent.final.values, "mrr@10/mono": 0.5 } },
    });
    const here = withEnvironment(ELSEWHERE, withLoss(2.01, today));
    expect(verdictsOf(here)).toEqual(["reproduced", "repeated", "reproduced", "repeated"]);
  });

  it("of a run that read only its evaluation promises no more than the numbers", () => {
    const zeroShot = withEnvironment({ dataSha256: {} });
    expect(verifiedResult(zeroShot)!.made).toBeUndefined();
  });
});
