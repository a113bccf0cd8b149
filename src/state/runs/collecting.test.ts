// When the browser is asked for its memory: while a run goes on, and at no other time.
import { afterEach, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Run } from "../run/run.ts";
import { askForMemory, collectWhileTraining } from "./collecting.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks at the start and often until the first step, then twice a minute, and no more once a run rests or has ended", () => {
  vi.useFakeTimers();
  type Status = Run["status"];
  const store = createStore<{ runs: { id: string; status: Status }[]; trainingId?: string }>()(() => ({
    runs: [],
  }));
  let asked = 0;
  collectWhileTraining(store, () => asked++);
  const times = (status: Status, seconds: number) => {
    asked = 0;
    store.setState({ runs: [{ id: "a", status }], trainingId: "a" });
    store.setState({}); // something else changed
    vi.advanceTimersByTime(seconds * 1000);
    return asked;
  };
  expect(times("preparing", 12)).toBe(3);
  expect(times("running", 60)).toBe(3);
  expect(times("paused", 60)).toBe(0);
  expect(times("running", 0)).toBe(1);
  expect(times("finished", 60)).toBe(0);
});

it("asks where the page is isolated and the browser can be asked, and is never refused aloud", async () => {
  const measure = vi.fn(() => Promise.reject(new Error("not now")));
  const performance = { now: () => 0, measureUserAgentSpecificMemory: measure };
  vi.stubGlobal("performance", performance);
  askForMemory();
  expect(measure).not.toHaveBeenCalled();
  vi.stubGlobal("crossOriginIsolated", true);
  askForMemory();
  await Promise.resolve();
  expect(measure).toHaveBeenCalledOnce();
  vi.stubGlobal("performance", { now: () => 0 });
  expect(askForMemory).not.toThrow();
});
