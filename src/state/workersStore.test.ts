// The page's two workers: first use, crashes and fresh starts.
import { describe, expect, it } from "vitest";
import { createFakeLab, settle, type FakeLab } from "../testing/fakeLab.ts";
import { createWorkersStore } from "./workersStore.ts";

function storeOf() {
  const fakes: FakeLab[] = [];
  const store = createWorkersStore(() => {
    const fake = createFakeLab();
    fakes.push(fake);
    return fake.client;
  });
  return { store, fakes };
}

describe("workersStore", () => {
  it("starts no worker before it is needed, then one pair for all", () => {
    const { store, fakes } = storeOf();
    expect(fakes).toHaveLength(0);
    expect(store.getState().client()).toBe(store.getState().client());
    expect(fakes).toHaveLength(1);
  });

  it("tells a crash once, ends the workers and starts new ones when they are needed again", () => {
    const { store, fakes } = storeOf();
    const lost: string[] = [];
    store.onWorkersLost(({ message }) => void lost.push(message));
    store.getState().client();
    fakes[0]!.crash("out of memory");
    fakes[0]!.crash("again");
    expect(store.getState().crash).toBe("out of memory");
    expect(lost).toEqual(["out of memory"]);
    expect(fakes[0]!.disposed()).toBe(true);
    store.getState().restart();
    expect(store.getState().crash).toBeUndefined();
    store.getState().client();
    expect(fakes).toHaveLength(2);
  });

  it("keeps the client when only the trainer was replaced, and tells that its run is lost", async () => {
    const { store, fakes } = storeOf();
    const heard: string[] = [];
    store.onTrainerEvent(({ type }) => void heard.push(type));
    store.onWorkersLost(({ kind, message }) => void heard.push(`${kind}: ${message}`));
    const client = store.getState().client();
    const error = { kind: "device", name: "DeviceError", message: "The graphics device was lost" } as const;
    fakes[0]!.tell({ type: "failed", runId: "r", error });
    await settle();
    expect(heard).toEqual(["failed", "device: The graphics device was lost"]); // in this order
    expect(store.getState().client()).toBe(client);
    expect([store.getState().crash, fakes[0]!.disposed()]).toEqual([undefined, false]);
  });

  it("passes no event on from workers that were ended", async () => {
    const { store, fakes } = storeOf();
    const heard: string[] = [];
    store.onTrainerEvent(({ type }) => void heard.push(type));
    store.onDataEvent(({ message }) => void heard.push(message));
    const importing = (message: string) => ({
      type: "importing" as const,
      message,
      progress: { phase: "download" as const, done: 1, total: 2, unit: "parts" as const },
    });
    store.getState().client();
    fakes[0]!.tell({ type: "notice", runId: "r", message: "a" });
    fakes[0]!.tellData(importing("Reading a"));
    await settle();
    store.getState().restart();
    store.getState().client();
    fakes[0]!.tell({ type: "notice", runId: "r", message: "b" });
    fakes[0]!.tellData(importing("Reading b"));
    await settle();
    expect(heard.sort()).toEqual(["Reading a", "notice"]);
  });
});
