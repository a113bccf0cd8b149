// The way of a newcomer, and every place where one may leave it.
import { describe, expect, it } from "vitest";
import { awaitedRuns, nextGuide, type Guide, type GuideEvent } from "./guideSteps.ts";

const after = (...events: readonly GuideEvent[]): Guide => events.reduce<Guide>(nextGuide, { at: "unknown" });
const ended = (runId: string, measured = true): GuideEvent => ({ type: "ended", runId, measured });
const started = (runId: string): GuideEvent => ({ type: "started", runId });
const NEW: GuideEvent = { type: "known", isNew: true };
const GUESS: GuideEvent = { type: "guess", language: "th" };
const TO_ANSWER = [NEW, GUESS, started("a"), ended("a")];

describe("the guide", () => {
  it("leads from a guess over two runs to their comparison, and ends with the next run", () => {
    expect(after(NEW)).toEqual({ at: "welcome" });
    expect(after(NEW, { type: "ask" })).toEqual({ at: "guess" });
    expect(after(NEW, { type: "guess", language: "de" }, GUESS)).toEqual({ at: "guess", guess: "th" });
    expect(after(NEW, GUESS, started("a"))).toEqual({ at: "first", guess: "th", firstId: "a" });
    expect(after(...TO_ANSWER)).toEqual({ at: "answer", guess: "th", firstId: "a" });
    const second = [...TO_ANSWER, started("b")];
    expect(after(...second)).toEqual({ at: "second", firstId: "a", secondId: "b" });
    expect(after(...second, ended("b"))).toEqual({ at: "compare", firstId: "a", secondId: "b" });
    expect(after(...second, ended("b"), started("c"))).toEqual({ at: "off" });
  });

  it("is for nobody who was here before, or is quicker than the storage", () => {
    expect(after({ type: "known", isNew: false })).toEqual({ at: "off" });
    expect(after(started("a"), NEW)).toEqual({ at: "off" });
    expect(after({ type: "known", isNew: false }, started("a"), ended("a"))).toEqual({ at: "off" });
  });

  it("needs no guess: whoever just trains sees what came of it", () => {
    expect(after(NEW, started("a"), ended("a"))).toEqual({ at: "answer", firstId: "a" });
  });

  it("goes back a step where a run gives nothing, and follows the one that takes its place", () => {
    expect(after(NEW, GUESS, started("a"), ended("a", false))).toEqual({ at: "guess", guess: "th" });
    expect(after(NEW, GUESS, started("a"), started("b"))).toEqual({ at: "first", guess: "th", firstId: "b" });
    expect(after(NEW, GUESS, started("a"), ended("x"))).toMatchObject({ at: "first" });
    expect(after(...TO_ANSWER, started("b"), ended("b", false))).toEqual({ at: "answer", firstId: "a" });
    expect(after(...TO_ANSWER, started("b"), ended("a"))).toMatchObject({ at: "second" });
  });

  it("goes back a step where a run could not begin, and ends where one that it speaks of is deleted", () => {
    const gone = (runId: string): GuideEvent => ({ type: "gone", runId });
    expect(after(NEW, GUESS, started("a"), gone("a"))).toEqual({ at: "guess", guess: "th" });
    expect(after(...TO_ANSWER, gone("a"))).toEqual({ at: "off" });
    expect(after(...TO_ANSWER, started("b"), gone("b"))).toEqual({ at: "answer", firstId: "a" });
    expect(after(...TO_ANSWER, started("b"), gone("a"))).toEqual({ at: "off" });
    expect(after(...TO_ANSWER, started("b"), ended("b"), gone("b"))).toEqual({ at: "off" });
    expect(after(...TO_ANSWER, gone("x"))).toMatchObject({ at: "answer" });
  });

  it("ends at every step by leaving, and can be had again", () => {
    const way = [NEW, GUESS, started("a"), ended("a"), started("b"), ended("b")];
    for (let n = 0; n <= way.length; n++) {
      const guide = after(...way.slice(0, n));
      expect(nextGuide(guide, { type: "leave" })).toEqual({ at: "off" });
      expect(nextGuide(guide, { type: "begin" })).toEqual({ at: "welcome" });
    }
    expect(awaitedRuns(after(...way))).toEqual(["a", "b"]);
  });
});
