import { describe, expect, it } from "vitest";
import { isolate, type IsolationPorts } from "./isolate.ts";

function browser(changes: Partial<IsolationPorts> = {}) {
  const tab = new Map<string, string>();
  const state = { reloads: 0 };
  const ports: IsolationPorts = {
    isIsolated: false,
    whenControlled: () => Promise.resolve(),
    tab: { getItem: (key) => tab.get(key) ?? null, setItem: (key, text) => void tab.set(key, text) },
    isTraining: () => Promise.resolve(false),
    wasTouched: () => false,
    reload: () => void state.reloads++,
    ...changes,
  };
  return { ports, state };
}

describe("the reload for threads", () => {
  it("comes once in a tab, also where it was of no use", async () => {
    const { ports, state } = browser();
    expect(await isolate(ports)).toBe(true);
    expect(await isolate(ports)).toBe(false);
    expect(await isolate(ports)).toBe(false);
    expect(state.reloads).toBe(1);
  });

  it.each<[string, Partial<IsolationPorts>]>([
    ["the page is isolated", { isIsolated: true }],
    ["something was touched", { wasTouched: () => true }],
    ["something trains", { isTraining: () => Promise.resolve(true) }],
    [
      "the tab cannot remember it",
      {
        tab: {
          getItem: () => null,
          setItem: () => {
            throw new DOMException("refused", "SecurityError");
          },
        },
      },
    ],
  ])("does not come where %s", async (_, changes) => {
    const { ports, state } = browser(changes);
    expect(await isolate(ports)).toBe(false);
    expect(state.reloads).toBe(0);
  });
});
