// A storage that is silent, blocked, full or newer: one sentence each, and a late answer is still taken.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answered, openAnswered } from "./storageAnswer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => undefined);
const message = (asked: Promise<unknown>) =>
  asked.then(
    () => "answered",
    (error: Error) => error.message,
  );

describe("opening", () => {
  it("is given up after five seconds of silence, and taken when it comes after all", async () => {
    let open: (value: string) => void = () => undefined;
    const late: string[] = [];
    const said = message(
      openAnswered(
        () => new Promise<string>((resolve) => (open = resolve)),
        (opened) => void late.push(opened),
      ),
    );
    await vi.advanceTimersByTimeAsync(5000);
    expect(await said).toMatch(/^this browser’s storage \(IndexedDB\) does not answer; close other tabs/);
    open("the database");
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toEqual(["the database"]);
  });

  it("says at once that another tab blocks it", async () => {
    const blocked = openAnswered((onBlocked) => {
      queueMicrotask(onBlocked);
      return never();
    }, vi.fn());
    expect(await message(blocked)).toMatch(/^another tab holds runs of an older version .*close that tab/);
  });

  it("says that a newer version has been here", async () => {
    const newer = openAnswered(() => Promise.reject(new DOMException("1 < 2", "VersionError")), vi.fn());
    expect(await message(newer)).toMatch(/^a newer version of the lab has kept its runs here; reload/);
  });

  it("is what it was where it works", async () => {
    const late = vi.fn();
    expect(await openAnswered(() => Promise.resolve(3), late)).toBe(3);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(late).not.toHaveBeenCalled();
  });
});

describe("a question", () => {
  it("that is never answered ends in a sentence", async () => {
    const said = message(answered(never));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await said).toMatch(/does not answer/);
  });

  it("for which there is no room says what can be removed", async () => {
    const full = () => Promise.reject(new DOMException("over quota", "QuotaExceededError"));
    expect(await message(answered(full))).toBe(
      "There is no room left to keep this (over quota); remove datasets or encoders, or free space on the disk",
    );
  });

  it("that is answered is answered", async () => {
    expect(await answered(() => Promise.resolve(7))).toBe(7);
  });
});
