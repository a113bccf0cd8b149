// The queue of a study's runs: order, what leaves it, what is read of it again.
import { describe, expect, it } from "vitest";
import {
  beginRun,
  dropRun,
  endRun,
  failRun,
  fittingQueue,
  moveRun,
  newQueue,
  nextRun,
  queueRun,
} from "./studyQueue.ts";

const none = new Set<string>();
const queue = newQueue(["a.1", "b.1", "c.1", "a.2"]);

describe("a study's queue", () => {
  it("gives the first run that nobody has, and forgets one that ended", () => {
    expect(nextRun(queue, none)).toBe("a.1");
    expect(nextRun(queue, new Set(["a.1", "b.1"]))).toBe("c.1");
    const ended = endRun(beginRun(queue, "a.1"), "a.1");
    expect(ended).toEqual(newQueue(["b.1", "c.1", "a.2"]));
    expect(nextRun(newQueue([]), none)).toBeUndefined();
  });

  it("moves a run among those that wait, never past one that is under way", () => {
    const going = new Set(["a.1"]);
    const order = (by: "first" | -1 | 1, key: string) => moveRun(queue, key, by, going).pending.join(" ");
    expect(order("first", "a.2")).toBe("a.1 a.2 b.1 c.1");
    expect(order(-1, "c.1")).toBe("a.1 c.1 b.1 a.2");
    expect(order(-1, "b.1")).toBe("a.1 b.1 c.1 a.2"); // it is the first of them already
    expect(order(1, "b.1")).toBe("a.1 c.1 b.1 a.2");
    expect(order(1, "a.2")).toBe("a.1 b.1 c.1 a.2");
    expect(order("first", "a.1")).toBe("a.1 b.1 c.1 a.2"); // under way
    expect(order("first", "x.1")).toBe("a.1 b.1 c.1 a.2");
  });

  it("keeps what was dropped and what failed apart, until they are put back to the end", () => {
    const dropped = dropRun(queue, "b.1");
    expect([dropped.pending, dropped.dropped]).toEqual([["a.1", "c.1", "a.2"], ["b.1"]]);
    expect(dropRun(dropped, "b.1")).toBe(dropped);
    const failed = failRun(beginRun(dropped, "a.1"), "a.1", "no such file");
    expect(failed).toEqual({
      pending: ["c.1", "a.2"],
      dropped: ["b.1"],
      failed: { "a.1": "no such file" },
      begun: {},
    });
    expect(queueRun(queueRun(failed, "a.1"), "b.1")).toEqual(newQueue(["c.1", "a.2", "a.1", "b.1"]));
  });
});

describe("a queue read again", () => {
  const keys = ["a.1", "b.1", "c.1", "a.2"];
  const read = (value: unknown, done: readonly string[] = []) => fittingQueue(value, keys, new Set(done));

  it("is as it was kept, without the runs that have a record", () => {
    const kept = beginRun(failRun(dropRun(queue, "b.1"), "c.1", "no memory"), "a.2");
    expect(read(structuredClone(kept))).toEqual(kept);
    expect(read(kept, ["a.2", "b.1"])).toEqual({
      pending: ["a.1"],
      dropped: [],
      failed: { "c.1": "no memory" },
      begun: {},
    });
  });

  it("holds every run once, whatever was kept", () => {
    const whole = newQueue(keys);
    for (const value of [
      undefined,
      null,
      7,
      "x",
      [],
      {},
      { pending: 3, dropped: {}, failed: [], begun: null },
    ])
      expect(read(value)).toEqual(whole);
    const odd = {
      pending: ["a.2", "a.2", "z.9", 4, "b.1"],
      dropped: ["b.1", null],
      failed: { "a.1": 5, "z.9": "who?" },
      begun: { "a.2": 2, "a.1": "x", "z.9": 1 },
    };
    expect(read(odd)).toEqual({
      pending: ["a.2", "a.1", "c.1"],
      dropped: ["b.1"],
      failed: {},
      begun: { "a.2": 2 },
    });
  });
});
