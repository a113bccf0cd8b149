// What an embed and the page around it say to each other, and in which version of it (docs/interface.md). What comes from that
// page is hostile until it is parsed here. Sends nothing.
import * as v from "valibot";
import { InputError } from "../inputError.ts";
import { BATCH_KINDS, eachKind, type Ratio } from "../spec/batchKind.ts";
import { shownValue } from "../shownValue.ts";
import { visibleText } from "../visibleText.ts";

export const LAB_NAME = "hybrid-batch-lab";
export const MESSAGE_VERSION = 1;

const head = { lab: v.literal(LAB_NAME), version: v.literal(MESSAGE_VERSION) };
const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
const text = v.string();
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** The triangle's shares, and others that a message may leave out. */
const mix = v.strictObject({
  ...eachKind(() => v.optional(share, 0)),
  mono: share,
  cross: share,
  multi: share,
});

/** What the page around an embed may say. */
const setMix = v.strictObject({ ...head, type: v.literal("setMix"), mix });

const metricChange = v.strictObject({ before: v.optional(v.number()), now: v.number() });

/** What an embed says: that it listens, what it did with a message, and of a run its start and its end. */
export const labMessage = v.variant("type", [
  v.strictObject({ ...head, type: v.literal("ready"), mix, link: text }),
  v.strictObject({ ...head, type: v.literal("mixSet"), mix }),
  v.strictObject({ ...head, type: v.literal("refused"), reason: text }),
  v.strictObject({
    ...head,
    type: v.literal("runStarted"),
    run: text,
    mix,
    steps: whole,
    seed: whole,
    link: text,
  }),
  v.strictObject({
    ...head,
    type: v.literal("runEnded"),
    run: text,
    status: v.picklist(["finished", "stopped", "failed"]),
    step: whole,
    metrics: v.record(text, metricChange), // by path (docs/metrics.md): before training and now
    link: text, // with the result, where there is one
    digest: v.optional(text),
    reason: v.optional(text), // of a failure
  }),
]);
export type LabMessage = v.InferOutput<typeof labMessage>;

/** A message without what all have. */
export type LabNews = LabMessage extends infer One
  ? One extends LabMessage
    ? Omit<One, "lab" | "version">
    : never
  : never;

export const labMessageOf = (news: LabNews): LabMessage => ({
  lab: LAB_NAME,
  version: MESSAGE_VERSION,
  ...news,
});

/** Whether a message is meant for the lab: pages talk of other things to their frames, too. */
export const isForLab = (data: unknown): boolean => isPlain(data) && data["lab"] === LAB_NAME;

const MAX_SIZE = 100; // names, values and every 20 letters of both
const MAX_OFF = 0.0011; // thirds are written as .333

/**
 * The mix that a message sets: four shares whose sum is 1.
 * @throws InputError with one sentence: what is wrong, and what would be right
 */
export function parseSetMix(data: unknown): Ratio {
  if (!isPlain(data))
    throw new InputError("a message to the lab is an object with lab, version, type and mix");
  if (isLarge(data, MAX_SIZE))
    throw new InputError("the message is too large: it holds lab, version, type and mix");
  const { lab, version, type } = data;
  if (lab !== LAB_NAME) throw new InputError(`lab must be "${LAB_NAME}", got ${shownValue(lab)}`);
  if (version !== MESSAGE_VERSION)
    throw new InputError(
      `this lab speaks version ${MESSAGE_VERSION} of these messages, the message says ${shownValue(version)}`,
    );
  if (type !== "setMix")
    throw new InputError(
      `type must be "setMix", got ${shownValue(type)}: nothing else is done for another page, and runs start by a click in the lab only`,
    );
  if (!isPlain(data["mix"]))
    throw new InputError(`mix must be an object of shares, got ${shownValue(data["mix"])}`);
  const result = v.safeParse(setMix, data, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const path = visibleText(v.getDotPath(issue) ?? "the message");
    throw new InputError(
      issue.expected === "never"
        ? `${path} is no part of the message: a mix has ${BATCH_KINDS.join(", ")}`
        : `${path} must be a number from 0 to 1, got ${shownValue(issue.path?.at(-1)?.value)}`,
    );
  }
  const { mix: asked } = result.output;
  const sum = BATCH_KINDS.reduce((all, kind) => all + asked[kind], 0);
  if (Math.abs(sum - 1) > MAX_OFF)
    throw new InputError(`mix sums to ${Number(sum.toFixed(4))}; its shares must sum to 1`);
  return eachKind((kind) => asked[kind] / sum);
}

/** An object as braces make it: no list, map, buffer or file. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Looks at no more of it than `room` allows. */
function isLarge(value: unknown, room: number): boolean {
  let left = room;
  const walk = (one: unknown): void => {
    left -= typeof one === "string" ? 1 + one.length / 20 : 1;
    if (left < 0 || !isPlain(one)) return;
    for (const key in one) {
      walk(key);
      if (left >= 0) walk(one[key]);
      if (left < 0) return;
    }
  };
  walk(value);
  return left < 0;
}
