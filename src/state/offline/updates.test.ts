// A new version of the page as two tabs of one browser are offered it.
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PageFile } from "../../core/offline/pageFiles.ts";
import { ASK_LIST, TAKE_OVER, type KeptPage } from "../../workers/offlineClient.ts";
import { offlineStore } from "./offlineStore.ts";
import { watchUpdates } from "./updates.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  offlineStore.setState({ update: undefined });
});

const LIST: readonly PageFile[] = [{ path: "index.html", bytes: 4, sha256: "0".repeat(16) }];

/** A tab that is offered the version of a worker, and presses the button. */
async function press(state: ServiceWorkerState) {
  const reload = vi.fn();
  vi.stubGlobal("window", { location: { reload } });
  const asked: unknown[] = [];
  const waiting = {
    state: "installed" as ServiceWorkerState,
    postMessage(said: unknown, [port]: readonly MessagePort[] = []) {
      asked.push(said);
      if (said === ASK_LIST) port!.postMessage(LIST);
    },
  };
  const workers = new EventTarget();
  watchUpdates(
    { waiting, addEventListener: () => undefined } as unknown as ServiceWorkerRegistration,
    workers as ServiceWorkerContainer,
    { keep: () => Promise.resolve() } as unknown as KeptPage,
  );
  const { update } = await vi.waitUntil(() => offlineStore.getState().update && offlineStore.getState());
  waiting.state = state;
  update!();
  await vi.waitUntil(() => asked.includes(TAKE_OVER) || reload.mock.calls.length > 0);
  return { asked, reload, workers };
}

describe("a new version that a person wants", () => {
  it("takes the place of the present one, and the page is loaded again once it has", async () => {
    const { asked, reload, workers } = await press("installed");
    expect(asked).toEqual([ASK_LIST, TAKE_OVER]);
    expect(reload).not.toHaveBeenCalled();
    workers.dispatchEvent(new Event("controllerchange"));
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it.each<ServiceWorkerState>(["activating", "activated", "redundant"])(
    "is loaded at once where another tab has put it in place, or a still newer one: it is %s",
    async (state) => {
      const { asked, reload } = await press(state);
      expect(reload).toHaveBeenCalledTimes(1);
      expect(asked).toEqual([ASK_LIST]);
    },
  );
});
