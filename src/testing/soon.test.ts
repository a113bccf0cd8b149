// A slow time is forgiven, three are not; what the work gives or throws comes through.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { soon, soonSync } from "./soon.ts";

/** Work that takes these milliseconds, one after the other, of a made-up clock. */
const taking = (...times: number[]) => {
  let done = 0;
  return () => {
    vi.advanceTimersByTime(times[done++]!);
    return done;
  };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe.each([
  ["soonSync", (work: () => number) => Promise.resolve().then(() => soonSync(work, () => "it"))],
  [
    "soon",
    (work: () => number) =>
      soon(
        async () => work(),
        () => "it",
      ),
  ],
] as const)("%s", (_, run) => {
  it("takes the first time that is soon", async () => {
    await expect(run(taking(900))).resolves.toBe(1);
    await expect(run(taking(5000, 900))).resolves.toBe(2);
  });
  it("names what took over a second each time", async () => {
    await expect(run(taking(5000, 1200, 3000))).rejects.toThrow("took 1200 ms at best: it");
  });
  it("throws what the work throws", async () => {
    const refuse = () => {
      throw new Error("line 3");
    };
    await expect(run(refuse)).rejects.toThrow("line 3");
  });
});
