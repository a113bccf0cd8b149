import { describe, expect, it } from "vitest";
import { createFakeLab } from "../testing/fakeLab.ts";
import { NO_TABS } from "../testing/runBench.ts";
import { createEncoderStore } from "./encoderStore.ts";

const info = {
  id: "local:mine",
  layers: 0,
  width: 8,
  heads: 1,
  feedForward: 1,
  vocabRows: 9,
  pooling: "mean" as const,
  outputs: 8,
  hasTokenWeights: false,
  longest: null,
  prefixes: null,
  bytes: 288,
  notes: [],
};

describe("encoders", () => {
  it("of the catalogue are known from the start, those here once they are listed", async () => {
    const lab = createFakeLab({ listEncoders: () => ({ encoders: [info], notes: ["one is damaged"] }) });
    const store = createEncoderStore(() => lab.client, NO_TABS);
    expect(store.getState().facts["hf:sentence-transformers/LaBSE"]?.width).toBe(768);
    await store.getState().refresh();
    expect(store.getState()).toMatchObject({ here: [info], notes: ["one is damaged"] });
    expect(store.getState().facts["local:mine"]).toEqual(info);
  });

  it("that are added are listed; a failure is a sentence and changes nothing", async () => {
    let fails = true;
    const lab = createFakeLab({
      addEncoder: () => {
        if (fails) throw new Error("mine has no config.json");
        return info;
      },
      listEncoders: () => ({ encoders: fails ? [] : [info], notes: [] }),
    });
    const store = createEncoderStore(() => lab.client, NO_TABS);
    expect(await store.getState().add("mine", [])).toBeUndefined();
    expect(store.getState().problem).toBe("mine has no config.json");
    expect(store.getState().busy).toBeUndefined();
    fails = false;
    expect(await store.getState().add("mine", [])).toBe("local:mine");
    expect(store.getState().problem).toBeUndefined();
    expect(store.getState().here).toEqual([info]);
  });

  it("are looked up by id, and removed", async () => {
    const lab = createFakeLab({ inspectEncoder: ({ id }: { id: string }) => ({ ...info, id }) });
    const store = createEncoderStore(() => lab.client, NO_TABS);
    expect(await store.getState().lookUp("hf:a/b")).toBe(true);
    expect(store.getState().facts["hf:a/b"]?.bytes).toBe(288);
    await store.getState().remove("mine");
    expect(lab.asked.map(({ name }) => name)).toContain("removeEncoder");
  });

  it("downloaded are listed, and removed one by one", async () => {
    let kept = [{ id: "hf:a/b", bytes: 5, usedMs: 1 }];
    const lab = createFakeLab({
      listDownloads: () => kept,
      removeDownload: () => {
        kept = [];
        return null;
      },
    });
    const store = createEncoderStore(() => lab.client, NO_TABS);
    await store.getState().refresh();
    expect(store.getState().downloads).toEqual(kept);
    await store.getState().removeDownload("hf:a/b");
    expect(store.getState().downloads).toEqual([]);
  });
});
