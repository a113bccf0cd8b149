// Whether a run gave again what a link promises: the whole by its digest, else part by part, with what differs first. Runs nothing.
import { metricAt, type MetricPath } from "../metrics/metricTable.ts";
import { fullText } from "../metrics/metricText.ts";
import type { ExpectedResult } from "../spec/link.ts";
import { TOLERANCE_CLASS, type ExpectedMade } from "../spec/linkMade.ts";
import { decides } from "../spec/ruleFacts.ts";
import { causeWords, causesOf, firstWords, type PartFinding } from "./againReasons.ts";
import { isClose } from "./compareRuns.ts";
import { fitsDigest } from "./digest.ts";
import { expectedValues } from "./expectedResult.ts";
import { fitsPart, meanLoss, PARTS, type Part } from "./parts.ts";
import { PART_WORDS, REPEAT_MEANINGS, type Verdict } from "./repeatWords.ts";
import type { RunRecord } from "./runRecord.ts";

export interface LinkComparison {
  readonly verdict: Verdict;
  /** Of a link that says its parts, in the order in which one follows from the other. */
  readonly parts: readonly PartFinding[];
  readonly lines: readonly string[]; // for people: the numbers, and what stands behind a difference
}

/** The finished run against what the sender's link promised. */
export function compareExpected(expected: ExpectedResult, record: RunRecord): LinkComparison {
  const { made } = expected;
  if (fitsDigest(record, expected.digest)) {
    const parts = made
      ? PARTS.map((part) => ({ part, verdict: "repeated" as const, what: PART_WORDS[part] }))
      : [];
    const odd = made ? PARTS.filter((part) => !fitsPart(part, record, made[part])) : [];
    return { verdict: "repeated", parts, lines: [REPEAT_MEANINGS.repeated, ...odd.map(contradiction)] };
  }
  const promised = Object.entries(expectedValues(expected)).map(([path, want]) => ({
    metric: metricAt(path as MetricPath),
    want,
    got: record.final.values[path] ?? null,
  }));
  const numbers = promised.map(
    ({ metric, want, got }) =>
      `${metric.label}: sender ${fullText(metric, want)}, here ${fullText(metric, got)}`,
  );
  const near = promised.every(({ metric, want, got }) => got !== null && isClose(metric.path, want, got));
  if (!made) {
    const { backend } = record.environment;
    const why =
      backend === expected.backend
        ? "Both ran on the same kind of backend, but devices or data may differ."
        : `The sender ran on ${expected.backend}, this is ${backend}.`;
    return { verdict: near ? "reproduced" : "different", parts: [], lines: [...numbers, why] };
  }
  const causes = causesOf(made, expected.backend, record);
  // Equal bits are owed by one arithmetic on one class of devices, whatever went in.
  const owesBits = !causes.some(({ which }) => which === "version" || which === "device");
  const parts = findParts(made, record, { near, owesBits });
  const counts = parts.filter(({ part }) => part !== "plan" || !decides(record.spec)); // a rule goes by what a device measures
  const isOff = owesBits || counts.some(({ verdict }) => verdict === "different");
  const verdict = isOff ? "different" : "reproduced";
  return {
    verdict,
    parts,
    lines: [...numbers, ...firstWords(parts, causes), ...causes.map(causeWords), ...unknownClass(made)],
  };
}

function findParts(
  made: ExpectedMade,
  record: RunRecord,
  { near, owesBits }: { readonly near: boolean; readonly owesBits: boolean },
): PartFinding[] {
  const loss = meanLoss(record);
  const losses = [made.loss, loss].map((mean) => mean?.toFixed(4) ?? "none");
  const isNear: Readonly<Record<Part, boolean>> = {
    plan: false, // batches are the same or not
    losses:
      made.loss === undefined
        ? loss === undefined
        : loss !== undefined && isClose("loss/mono", made.loss, loss),
    metrics: near,
  };
  const off: Readonly<Record<Part, string>> = {
    plan: "other batches were drawn",
    losses: `mean ${losses[0]} there, ${losses[1]} here`,
    metrics: "the numbers below",
  };
  return PARTS.map((part) => {
    if (fitsPart(part, record, made[part])) return { part, verdict: "repeated", what: PART_WORDS[part] };
    return { part, verdict: isNear[part] && !owesBits ? "reproduced" : "different", what: off[part] };
  });
}

const contradiction = (part: Part): string =>
  `The link contradicts itself: its digest of the ${part} is not of the run whose digest it gives. The whole digest decides.`;

const unknownClass = ({ tolerance }: ExpectedMade): string[] =>
  tolerance === TOLERANCE_CLASS
    ? []
    : [
        `The link names tolerance class ${tolerance}, which this lab does not know; it judged by class ${TOLERANCE_CLASS}.`,
      ];
