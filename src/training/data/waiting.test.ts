// Pauses end when told to, a server's silence is noticed, and nothing is left behind that keeps a process alive.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reasonOf, silenceGuard, sleep } from "./waiting.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("sleep", () => {
  it("ends when its time is over, and listens no longer", async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    const asleep = sleep(100, controller.signal);
    await vi.advanceTimersByTimeAsync(100);
    await expect(asleep).resolves.toBeUndefined();
    expect(removed).toHaveBeenCalledTimes(1); // one signal outlives a thousand pauses
    controller.abort(new Error("too late"));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with the reason at once when told to, during it or before", async () => {
    const controller = new AbortController();
    const asleep = sleep(1e9, controller.signal);
    controller.abort(new Error("left the page"));
    await expect(asleep).rejects.toThrow("left the page");
    await expect(sleep(1e9, controller.signal)).rejects.toThrow("left the page");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("needs no signal", async () => {
    const asleep = sleep(5, undefined);
    await vi.advanceTimersByTimeAsync(5);
    await expect(asleep).resolves.toBeUndefined();
  });
});

describe("silenceGuard", () => {
  it("aborts after a silence, counted from the last bytes", () => {
    const guard = silenceGuard(100, undefined);
    vi.advanceTimersByTime(99);
    guard.onBytes();
    vi.advanceTimersByTime(99);
    expect([guard.isSilent(), guard.signal.aborted]).toEqual([false, false]);
    vi.advanceTimersByTime(1);
    expect([guard.isSilent(), guard.signal.aborted]).toEqual([true, true]);
  });

  it("aborts with the caller, which is no silence", () => {
    const controller = new AbortController();
    const guard = silenceGuard(100, controller.signal);
    controller.abort(new Error("left the page"));
    expect((guard.signal.reason as Error).message).toBe("left the page");
    expect(guard.isSilent()).toBe(false);
    guard.end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is over at its end, whatever comes after", () => {
    const guard = silenceGuard(100, undefined);
    guard.end();
    guard.onBytes(); // a late chunk
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(guard.isSilent()).toBe(false);
  });
});

describe("reasonOf", () => {
  it("is the cause's words where it has any, else the error's own", () => {
    const refused = new Error("connect ECONNREFUSED");
    expect(reasonOf(new TypeError("fetch failed", { cause: refused }))).toBe("connect ECONNREFUSED");
    const both = new AggregateError([refused]); // of two addresses: no words of its own
    expect(reasonOf(new TypeError("fetch failed", { cause: both }))).toBe("fetch failed");
    expect(reasonOf(new Error("cut", { cause: "half" }))).toBe("cut");
    expect(reasonOf("thrown text")).toBe("thrown text");
    expect(reasonOf(undefined)).toBe("undefined");
  });
});
