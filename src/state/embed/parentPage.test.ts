// Who may speak to an embed, what comes of it, and what it tells of runs.
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { labMessage, type LabMessage } from "../../core/embed/embedMessage.ts";
import { ofKinds, type Ratio } from "../../core/spec/batchKind.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { newRun, type Run } from "../run/run.ts";
import { createParentPage, MOST_A_SECOND } from "./parentPage.ts";

const COURSE = "https://course.example";
const MIX = ofKinds({ mono: 0.5, cross: 0.5 });
const SET = { lab: "hybrid-batch-lab", version: 1, type: "setMix", mix: MIX };

/** @param origin that the address names; null: none */
function bench(origin: string | null = COURSE) {
  const [sent, warned, answers]: [LabMessage[], string[], LabMessage[]] = [[], [], []];
  let mix: Ratio = DEFAULT_SPEC.batch.ratio;
  let now = 0;
  const page = createParentPage({
    origin: origin ?? undefined,
    post: (message) => void sent.push(v.parse(labMessage, message)),
    warn: (sentence) => void warned.push(sentence),
    nowMs: () => now,
    setMix(next) {
      mix = next;
      return undefined;
    },
    mix: () => mix,
    link: () => "https://lab.example/#v=1",
    runLink: ({ id }) => `https://lab.example/#${id}`,
  });
  const give = (data: unknown, from = COURSE, isParent = true) => {
    const answer = (message: LabMessage) => void answers.push(v.parse(labMessage, message));
    page.take({ origin: from, isParent, data: () => data, answer });
  };
  return { page, give, sent, warned, answers, mix: () => mix, wait: (ms: number) => void (now += ms) };
}

describe("a message to an embed", () => {
  it("sets the mix where the named page sends it, and is answered", () => {
    const { give, answers, mix } = bench();
    give(SET);
    expect(mix()).toEqual(MIX);
    expect(answers).toEqual([{ lab: "hybrid-batch-lab", version: 1, type: "mixSet", mix: MIX }]);
  });

  it.each([
    ["another origin", "https://evil.example", true],
    ["a page without an origin", "null", true],
    ["the same site by another scheme", "http://course.example", true],
    ["another window of the named page", COURSE, false],
  ])("does nothing where it comes from %s, and says so to console and sender", (_, from, isParent) => {
    const { give, answers, mix, warned } = bench();
    give(SET, from, isParent);
    expect(mix()).toBe(DEFAULT_SPEC.batch.ratio);
    expect(answers).toMatchObject([
      { type: "refused", reason: expect.stringMatching(/not the page/) as string },
    ]);
    expect(JSON.stringify(answers)).not.toContain(COURSE);
    expect(warned[0]).toContain(`a message from ${from} was refused`);
  });

  it("does nothing where the address names no page", () => {
    const { give, answers, mix, page, sent } = bench(null);
    page.ready();
    give(SET);
    expect(mix()).toBe(DEFAULT_SPEC.batch.ratio);
    expect(answers).toMatchObject([{ reason: expect.stringMatching(/names no page/) as string }]);
    expect(sent).toEqual([]);
  });

  it("is not answered where it is none of the lab's: two pages could go on for ever", () => {
    const { give, answers, warned } = bench();
    for (const data of [null, "hello", { type: "setMix" }, { source: "devtools" }]) give(data);
    expect(answers).toEqual([]);
    expect(warned).toHaveLength(4);
  });

  it("is not looked at beyond so many a second, which is said once", () => {
    const { give, answers, warned, wait, mix } = bench();
    for (let i = 0; i < 10_000; i++) give({ ...SET, version: 2 });
    expect(answers).toHaveLength(MOST_A_SECOND + 1);
    expect(warned.at(-1)).toMatch(/more than 120 messages in a second/);
    wait(1000);
    give(SET);
    expect(mix()).toEqual(MIX);
  });
});

describe("what an embed tells of runs", () => {
  const run = (change: Partial<Run>): Run => ({
    ...newRun({ id: "a", name: "a", colour: 1, createdAt: 0, presetName: "hybrid", spec: DEFAULT_SPEC }),
    ...change,
  });

  it("is its start and its end, once each", () => {
    const { page, sent } = bench();
    page.follow([run({})], undefined);
    page.follow([run({ status: "running", step: 3 })], undefined);
    const summary = { "map/mono": { before: 0.25, now: 0.5, step: 20 } };
    for (let i = 0; i < 2; i++)
      page.follow([run({ status: "finished", step: 20, digest: "d", summary })], undefined);
    expect(sent.map(({ type }) => type)).toEqual(["runStarted", "runEnded"]);
    expect(sent[1]).toMatchObject({
      status: "finished",
      step: 20,
      digest: "d",
      metrics: { "map/mono": { before: 0.25, now: 0.5 } },
      link: "https://lab.example/#a",
    });
  });

  it("says that it was stopped, failed, or did not start, and why", () => {
    const { page, sent } = bench();
    page.follow([run({})], undefined);
    page.follow([run({ status: "stopped", step: 2 })], undefined);
    page.follow([run({ id: "b" }), run({ status: "stopped" })], undefined);
    page.follow([run({ status: "stopped" })], "no such data");
    expect(sent.slice(1)).toMatchObject([
      { type: "runEnded", run: "a", status: "stopped", step: 2 },
      { type: "runStarted", run: "b" },
      { type: "runEnded", run: "b", status: "failed", reason: "no such data" },
    ]);
  });
});
