// `lab replay`: runs a record or a link again and says whether the numbers came out the same, and which did not.
import { parseArgs } from "node:util";
import { compareExpected } from "../../core/record/compareLink.ts";
import { compareParts, compareRecords } from "../../core/record/compareRuns.ts";
import { causesOf, firstWords, type PartFinding } from "../../core/record/againReasons.ts";
import { expectedMade } from "../../core/record/expectedMade.ts";
import { partsOf } from "../../core/record/parts.ts";
import { digestOf, fitsDigest } from "../../core/record/digest.ts";
import { UNCOVERED } from "../../core/record/misfits.ts";
import { fusesProducts, isSameMaker } from "../../core/record/maker.ts";
import { againWords, DIGEST_WORDS, LINK_DIGEST_WORDS, makerReasons } from "../../core/record/repeatWords.ts";
import { ageOf } from "../../core/record/recordAge.ts";
import { hasTrained } from "../../core/record/stepsDone.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { AGE } from "../../core/age.ts";
import { SHIPPED_ENCODERS } from "../../core/encoders/shippedEncoders.ts";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import { SpecError } from "../../core/inputError.ts";
import type { ExpectedResult } from "../../core/spec/link.ts";
import type { ExpectedMade } from "../../core/spec/linkMade.ts";
import { isLinkText } from "../../core/spec/linkText.ts";
import { READ_OTHERWISE } from "../../training/pretrained/formerReading.ts";
import { formerlyMisread } from "../../training/text/formerRules.ts";
import { QUIET, type CommandIo } from "./commandIo.ts";
import { executeRun, type ExecutedRun } from "../executeRun.ts";
import { applySettings, readSpec, type NamedSpec } from "../specSource.ts";
import { readStudyPoint, refuseWholeStudy } from "./studyPoint.ts";

const SHOWN = 20;
const READERS = [
  ["encoder", "encoderSha256"],
  ["teacher", "teacherSha256"],
] as const;

export const REPLAY_OPTIONS = { backend: { type: "string" }, run: { type: "string" }, ...QUIET } as const;

/** Of a run that the lab did not train, any. */
const backendOf = (record: RunRecord | undefined) => (record?.engine ? "auto" : record?.environment.backend);

/** @returns 0 repeated, or reproduced on another device; 1 different, with the names of the numbers that differ */
export async function replayCommand(args: string[], io: CommandIo): Promise<0 | 1> {
  const { values, positionals } = parseArgs({ args, options: REPLAY_OPTIONS, allowPositionals: true });
  const name = positionals[0];
  if (name === undefined || positionals.length > 1) throw new SpecError("replay: name one link or run.json");
  const { run: point } = values;
  if (point === undefined && !isLinkText(name)) await refuseWholeStudy(name);
  const named = await (point === undefined ? readSpec(name, io.err) : readStudyPoint(name, point, io.err));
  const promised = promisedBy(named);
  if (!named.record && !named.expected) {
    throw new SpecError(
      `replay: ${name} carries no result to compare with; name a run.json or a link shared after a run`,
    );
  }
  // The backend that ran is asked for again: "auto" may choose another one here.
  const backend = values.backend ?? backendOf(named.record) ?? named.expected!.backend;
  const again = applySettings(named.spec, [`compute.backend=${backend}`]);
  const run = await executeRun(again, {
    training: named.record ? hasTrained(named.record) : true,
    ...(named.parent && { parent: named.parent }),
    ...(named.stopAt !== undefined && { stopAt: named.stopAt }),
    ...(named.trajectory && { trajectory: named.trajectory }),
    ...(promised && { promised }),
    quiet: values.quiet === true,
    measuresAll: true,
    fused: named.record ? fusesProducts(named.record.environment) : true, // without is to be had everywhere
  });
  const { record } = run;
  const note = values.quiet ? () => undefined : io.err;
  note(`${againWords(hasTrained(record))} ${DIGEST_WORDS}${named.record ? "" : ` ${LINK_DIGEST_WORDS}`}`);
  const notices = [...run.notices, ...(await oldTokenizer(named.record, run))];
  // The spec is compared as written: the backend forced above is not part of what was asked.
  const written: RunRecord = { ...record, spec: named.spec };
  const got = { ...written, digest: digestOf(written) };
  return named.record
    ? againstRecord(named.record, got, { notices, misfits: named.misfits ?? [] }, io, note)
    : againstLink(named.expected!, got, notices, io, note);
}

/** Of a record all that its link would say. */
const promisedBy = ({ record, expected }: NamedSpec): ExpectedMade | undefined =>
  record ? expectedMade(record.spec, record.environment, partsOf(record)) : expected?.made;

/** What agreed and what did not, a part a line; where all did, it is no news. */
function tellParts(parts: readonly PartFinding[], say: (line: string) => void): void {
  for (const { part, verdict, what } of parts) say(`${part}\t${verdict}\t${what}`);
}

function againstRecord(
  expected: RunRecord,
  got: RunRecord,
  { notices, misfits }: { readonly notices: readonly string[]; readonly misfits: readonly string[] },
  io: CommandIo,
  note: CommandIo["err"],
): 0 | 1 {
  const { backend, adapter, versions, dataSha256 } = expected.environment;
  const here = got.environment;
  const sameMaker = isSameMaker(expected.environment, here);
  const { verdict, differences } = compareRecords(expected, got, sameMaker);
  const parts = compareParts(expected, got, sameMaker);
  tellParts(parts, verdict === "repeated" ? note : io.out);
  for (const { what, expected: want, got: found } of differences.slice(0, SHOWN)) {
    io.out(`differs\t${what}\trecord ${show(want)}\there ${show(found)}`);
  }
  if (differences.length > SHOWN) io.out(`… and ${differences.length - SHOWN} more`);
  for (const [id, sha] of Object.entries(dataSha256)) {
    if (here.dataSha256[id] !== sha)
      io.out(`data\t${id} is not the dataset of the record (sha256 ${sha.slice(0, 12)}…)`);
  }
  for (const [name, key] of READERS) {
    const sha = expected.environment[key];
    // A notice names the hash that older labs gave the same files.
    const otherwise =
      sha === undefined ? undefined : notices.find((notice) => notice.includes(sha.slice(0, 12)));
    if (here[key] !== sha) io.out(`${name}\t${otherwise ?? "is not the one of the record"}`);
    else if (otherwise !== undefined && verdict === "different") io.out(`${name}\t${otherwise}`);
  }
  if (digestOf(expected) !== expected.digest)
    io.out("digest\tthe record's digest does not fit its numbers: the file was altered");
  if (misfits.length > 0) {
    io.out(`record\tdoes not fit itself: ${misfits.join("; ")}`);
    io.out(`unchecked\tno digest covers ${UNCOVERED}`);
  }
  if (verdict === "different")
    for (const [which, what] of makerReasons(expected.environment, here)) io.out(`${which}\t${what}`);
  const made = promisedBy({ spec: expected.spec, record: expected });
  if (verdict === "different" && made)
    for (const line of firstWords(parts, causesOf(made, backend, got))) io.out(`first\t${line}`);
  if (verdict === "different" || misfits.length > 0) {
    io.out(`different\t${differences.length} numbers`);
    return 1;
  }
  if (verdict === "repeated" && fitsDigest(got, expected.digest))
    io.out(`repeated\tdigest ${expected.digest}`);
  else
    io.out(
      `reproduced\twithin tolerance; the record ran on ${backend} (${adapter}, lab ${versions["lab"]}), ` +
        `this on ${here.backend} (${here.adapter}, lab ${here.versions["lab"]})`,
    );
  return 0;
}

/** A sentence on a checkpoint whose tokenizer labs of the record's age may have misread, without another hash for it. */
async function oldTokenizer(record: RunRecord | undefined, { ports }: ExecutedRun): Promise<string[]> {
  const { id } = record?.spec.encoder ?? { id: RANDOM_ENCODER };
  if (!record || ageOf(record) >= AGE || id === RANDOM_ENCODER || SHIPPED_ENCODERS.includes(id)) return [];
  const { texts } = await ports.openEncoder(id, () => undefined);
  const kinds = formerlyMisread(texts.json);
  const sha = record.environment.encoderSha256.slice(0, 12);
  return kinds.length === 0
    ? []
    : [
        `${id} has ${kinds.join(", ")} in its tokenizer.json, which labs up to 0.2 may have misread (encoder ${sha}… there)`,
      ];
}

function againstLink(
  expected: ExpectedResult,
  got: RunRecord,
  notices: readonly string[],
  io: CommandIo,
  note: CommandIo["err"],
): 0 | 1 {
  const { verdict, parts, lines } = compareExpected(expected, got);
  tellParts(parts, verdict === "repeated" ? note : io.out);
  const otherwise = verdict === "repeated" ? [] : notices.filter((notice) => notice.includes(READ_OTHERWISE));
  for (const line of [...lines, ...otherwise]) io.out(line);
  io.out(verdict);
  return verdict === "different" ? 1 : 0;
}

const show = (value: number | null | undefined) => (value === undefined ? "missing" : String(value));
