// A run as a link and back: readable keys, only what differs from the preset. Never touches the address bar.
import { AGE, type Age } from "../age.ts";
import { migrate, type Steps } from "../migrate.ts";
import type { Problem } from "./field.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { formatValue, parseValue } from "./fieldText.ts";
import { DEFAULT_PRESET, findPreset, presetAt, PRESETS, type Preset } from "./presets.ts";
import { messageOf } from "../messageOf.ts";
import type { Course } from "./course.ts";
import type { Parent } from "./lineage.ts";
import { formatCurve, parseCurve, type ExpectedCurve } from "./linkCurve.ts";
import type { Trajectory } from "./decision.ts";
import { formatDrive, handDrive, parseDrive } from "./linkDrive.ts";
import { formatMade, parseMade, type ExpectedMade } from "./linkMade.ts";
import { mixRule } from "./ruleFacts.ts";
import { linkEntries } from "./linkText.ts";
import { formatParents, parseParents } from "./linkParents.ts";
import { readPath, withPath, type ExperimentSpec } from "./spec.ts";

/** Longer than any link this lab writes; what is beyond is no link. */
export const MAX_LINK_LENGTH = 65_536; // characters
export const MAX_PROBLEMS = 20;

/** For what rows of the tables cannot say, such as a key with another name. `steps[n]` is for links of version n. */
const STEPS: Steps<Map<string, string>> = {};

/** Entries of a link as today's labs would have written them: defaults that were others are written out. */
function migrateLink(entries: Map<string, string>, from: Age): Map<string, string> {
  const now = new Map(migrate(entries, from, STEPS));
  const preset = findPreset(now.get("preset")?.toLowerCase() ?? "") ?? DEFAULT_PRESET;
  for (const path of SPEC_PATHS) {
    const { key } = fieldAt(path);
    const meant = formatValue(path, presetAt(preset, path, from));
    if (!now.has(key) && meant !== formatValue(path, readPath(preset.spec, path))) now.set(key, meant);
  }
  return now;
}

/** Keys by their small letters: some programs change letters of an address. */
const KEYS = new Map(
  [
    "v",
    "preset",
    "from",
    "stop",
    "drive",
    "expect",
    "made",
    "curve",
    ...SPEC_PATHS.map((path) => fieldAt(path).key),
  ].map((key) => [key.toLowerCase(), key]),
);

/** What the sender's run gave, so that whoever opens the link can check theirs against it. */
export interface ExpectedResult {
  readonly digest: string; // first 16 hex digits of the run record's
  readonly backend: string;
  readonly map: { readonly mono: number; readonly cross: number; readonly multi: number };
  readonly rankDistance: number;
  readonly made?: ExpectedMade; // of what and by what, and digests of its parts; links of older labs lack it
  readonly curve?: ExpectedCurve; // on the way there: to be looked at, not compared
}

export interface DecodedLink {
  readonly preset: Preset;
  readonly spec: ExperimentSpec;
  readonly expected?: ExpectedResult;
  readonly parent?: Parent; // of a branch; its digests are the first 16 digits
  readonly stopAt?: number; // the step at which the sender's run was stopped before its end
  readonly trajectory?: Trajectory; // what a hand decided of the mix while it trained
  readonly problems: readonly Problem[];
  readonly unknown: Readonly<Record<string, string>>; // kept, so that re-sharing loses nothing
}

const escape = (text: string) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");

/** @returns the hash of a link, without "#": "v=10&preset=hybrid&seed=7" */
export function encodeLink(
  spec: ExperimentSpec,
  preset: Preset,
  extra: Partial<Pick<DecodedLink, "expected" | "unknown">> & Omit<Course, "spec"> = {},
): string {
  const entries: [string, string][] = [
    ["v", String(AGE)],
    ["preset", preset.name],
  ];
  for (const path of SPEC_PATHS) {
    const text = formatValue(path, readPath(spec, path));
    if (text !== formatValue(path, readPath(preset.spec, path))) entries.push([fieldAt(path).key, text]);
  }
  if (extra.parent) entries.push(["from", formatParents(spec, extra.parent)]);
  if (extra.stopAt !== undefined) entries.push(["stop", String(extra.stopAt)]);
  const drive = handDrive(spec, extra.trajectory);
  if (drive.length > 0) entries.push(["drive", formatDrive(drive)]);
  if (extra.expected) entries.push(["expect", formatExpected(extra.expected)]);
  if (extra.expected?.made) entries.push(["made", formatMade(extra.expected.made)]);
  if (extra.expected?.curve) entries.push(["curve", formatCurve(extra.expected.curve)]);
  entries.push(...Object.entries(extra.unknown ?? {}));
  const link = entries.map(([key, text]) => `${escape(key)}=${escape(text)}`).join("&");
  return link.replace(/[.!'()*]$/, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`); // no end of a sentence
}

/**
 * Reads a hash (with or without "#", or a whole link, also as it was spoilt on its way: linkText.ts), in time linear in its length. Never throws: a value out of
 * bounds is clamped, a senseless one is left at the preset's value, an unknown key is kept; each is told in
 * `problems`, as far as MAX_PROBLEMS go.
 */
export function decodeLink(link: string): DecodedLink {
  const problems: Problem[] = [];
  const written = splitHash(link, problems);
  const version = Number(written.get("v") ?? AGE);
  const isKnown = Number.isInteger(version) && version >= 1 && version <= AGE;
  if (!isKnown) {
    const message = `v must be from 1 to ${AGE}, the versions of links this lab reads, got "${written.get("v")?.slice(0, 40)}"; the link may come from a newer lab`;
    problems.push({ path: "v", outcome: "refused", message });
  }
  const entries = migrateLink(written, isKnown ? (version as Age) : AGE);
  entries.delete("v");

  const name = entries.get("preset");
  const found = name === undefined ? DEFAULT_PRESET : findPreset(name.toLowerCase());
  if (!found) {
    const message = `preset must be one of ${PRESETS.map((p) => p.name).join(", ")}, got "${name?.slice(0, 40)}"; ${DEFAULT_PRESET.name} is used`;
    problems.push({ path: "preset", outcome: "refused", message });
  }
  const preset = found ?? DEFAULT_PRESET;
  entries.delete("preset");

  let spec = preset.spec;
  for (const path of SPEC_PATHS) {
    const text = entries.get(fieldAt(path).key);
    if (text === undefined) continue;
    entries.delete(fieldAt(path).key);
    const checked = parseValue(path, text);
    if (checked.problem) problems.push(checked.problem);
    if ("value" in checked) spec = withPath(spec, path, checked.value);
  }
  const result = parseExpected(entries.get("expect"), problems);
  entries.delete("expect");
  const expected =
    result &&
    withCurve(withMade(result, entries.get("made"), problems), entries.get("curve"), spec.steps, problems);
  for (const key of ["made", "curve"]) entries.delete(key); // of no result: of nothing
  const parent = readParents(entries.get("from"), spec, problems);
  entries.delete("from");
  const stopAt = parseStop(entries.get("stop"), spec.steps, problems);
  entries.delete("stop");
  const trajectory = readDrive(entries.get("drive"), spec, problems);
  entries.delete("drive");
  for (const key of entries.keys()) {
    problems.push({
      path: key,
      outcome: "unknown",
      message: `"${key.slice(0, 40)}" is not a key this lab knows; it is kept in the link`,
    });
  }
  return {
    preset,
    spec,
    ...(expected && { expected }),
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory && { trajectory }),
    problems: firstProblems(problems),
    unknown: Object.fromEntries(entries),
  };
}

/** No more than a person can read; the last one then says how many there are. */
function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const shown = problems.slice(0, MAX_PROBLEMS - 1);
  const message = `the link has ${problems.length - shown.length} more problems like these`;
  return [...shown, { path: "link", outcome: problems.at(-1)!.outcome, message }];
}

function splitHash(link: string, problems: Problem[]): Map<string, string> {
  if (link.length > MAX_LINK_LENGTH) {
    const message = `a link must be at most ${MAX_LINK_LENGTH} characters long, got ${link.length}; nothing of it is used`;
    problems.push({ path: "link", outcome: "refused", message });
    return new Map();
  }
  const entries = new Map<string, string>();
  for (const part of linkEntries(link)
    .split("&")
    .filter((p) => p !== "")) {
    const cut = part.indexOf("=");
    try {
      if (cut < 1) throw new URIError();
      const written = decodeURIComponent(part.slice(0, cut));
      const key = KEYS.get(written.toLowerCase()) ?? written;
      const text = decodeURIComponent(part.slice(cut + 1));
      const before = entries.get(key) ?? text;
      if (before !== text) {
        const [first, last] = [before, text].map((one) => `"${one.slice(0, 40)}"`);
        const message = `${key.slice(0, 40)} is there twice, as ${first} and ${last}; ${last} is used`;
        problems.push({ path: key, outcome: "refused", message });
      }
      entries.set(key, text);
    } catch {
      const isLast = problems.length === MAX_PROBLEMS - 1;
      const message = `"${part.slice(0, 40)}" is not of the form key=value and is left out`;
      problems.push({
        path: "link",
        outcome: "refused",
        message: `${message}${isLast ? ", as is all after it" : ""}`,
      });
      if (isLast) break;
    }
  }
  return entries;
}

function readParents(
  text: string | undefined,
  spec: ExperimentSpec,
  problems: Problem[],
): Parent | undefined {
  if (text === undefined) return undefined;
  try {
    return parseParents(spec, text);
  } catch (error) {
    const message = `${messageOf(error)}; the run is taken for none that branched off`;
    problems.push({ path: "from", outcome: "refused", message });
    return undefined;
  }
}

/** A run that is not stopped before its last step is whole. */
function parseStop(text: string | undefined, steps: number, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const stopAt = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (stopAt < steps) return stopAt;
  const message = `stop must be a step before the last, from 0 to ${steps - 1}, got "${text.slice(0, 40)}"; the run is not stopped`;
  problems.push({ path: "stop", outcome: "refused", message });
  return undefined;
}

function readDrive(
  text: string | undefined,
  spec: ExperimentSpec,
  problems: Problem[],
): Trajectory | undefined {
  if (text === undefined) return undefined;
  const refuse = (why: string) => {
    problems.push({ path: "drive", outcome: "refused", message: `drive ${why}; the mix is not driven` });
    return undefined;
  };
  if (mixRule(spec).observes !== "nothing") return refuse(`is by hand, but ${spec.batch.schedule} decides`);
  const drive = parseDrive(text, spec.steps);
  return (
    drive ??
    refuse(
      `must be rising steps below ${spec.steps} and per cent of each kind, such as 57,64:35,40:65,60, got "${text.slice(0, 40)}"`,
    )
  );
}

function formatExpected({ digest, backend, map, rankDistance }: ExpectedResult): string {
  const numbers = [map.mono, map.cross, map.multi].map((x) => x.toFixed(4));
  return [digest, backend, ...numbers, rankDistance.toFixed(2)].join(",");
}

function parseExpected(text: string | undefined, problems: Problem[]): ExpectedResult | undefined {
  if (text === undefined) return undefined;
  const [digest = "", backend = "", ...rest] = text.split(",");
  const [mono, cross, multi, rankDistance] = rest.map((s) => (s === "" ? NaN : Number(s)));
  const numbers = [mono, cross, multi, rankDistance];
  const fine = /^[0-9a-f]{16}$/.test(digest) && /^(webgpu|wasm|cpu)$/.test(backend) && rest.length === 4;
  if (!fine || !numbers.every((x) => x !== undefined && Number.isFinite(x) && x >= 0)) {
    const message =
      "expect must be digest,backend,Mo,Cr,Mul,rank distance, so the sender’s result cannot be compared";
    problems.push({ path: "expect", outcome: "refused", message });
    return undefined;
  }
  return { digest, backend, map: { mono: mono!, cross: cross!, multi: multi! }, rankDistance: rankDistance! };
}

function withMade(result: ExpectedResult, text: string | undefined, problems: Problem[]): ExpectedResult {
  const made = text === undefined ? undefined : parseMade(text);
  if (made) return { ...result, made };
  const message =
    "made must be lab,arithmetic,device:data:encoder,tokenizer:plan,losses,metrics:loss,tolerance, so the sender’s hashes and digests cannot be compared; the result still is";
  if (text !== undefined) problems.push({ path: "made", outcome: "refused", message });
  return result;
}

function withCurve(
  result: ExpectedResult,
  text: string | undefined,
  lastStep: number,
  problems: Problem[],
): ExpectedResult {
  const curve = text === undefined ? undefined : parseCurve(text, lastStep);
  if (curve) return { ...result, curve };
  const message =
    "curve must be steps:Mo:Cr:Mul:rank distance, each as many whole numbers, so the sender’s curves are not drawn";
  if (text !== undefined) problems.push({ path: "curve", outcome: "refused", message });
  return result;
}
