// What the page asks of the worker for a model, and what it says of the outcome.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { createFakeLab } from "../testing/fakeLab.ts";
import { createWorkersStore } from "./workersStore.ts";
import { createPackStore } from "./packStore.ts";
import { newRun, type Run } from "./run/run.ts";

const RUN: Run = newRun({
  id: "a",
  name: "My / run",
  colour: 0,
  createdAt: 0,
  spec: DEFAULT_SPEC,
  presetName: "hybrid",
});

describe("packing a model", () => {
  it("asks for the run's weights with a link to it, and says what came", async () => {
    const packed = { zip: new Blob([new Uint8Array(3 * 2 ** 20)]), pieces: 5, fullPieces: 9 };
    const { client, asked } = createFakeLab({ exportModel: () => packed });
    const store = createPackStore(
      createWorkersStore(() => client),
      () => [],
    );
    const done = await store.getState().pack(RUN, "https://lab.example/#v=1&old", "F16");
    expect(done?.name).toBe("My-run.zip");
    expect(done?.zip.size).toBe(3 * 2 ** 20);
    const params = asked.find(({ name }) => name === "exportModel")!.params as Record<string, unknown>;
    expect(params).toMatchObject({
      runId: "a",
      name: "My / run",
      folder: "My-run",
      dtype: "F16",
      datasets: [],
    });
    expect(params["link"]).toBe("https://lab.example/#v=10&preset=hybrid");
    expect(store.getState()).toMatchObject({
      packing: undefined,
      outcome: { failed: false, message: "My-run.zip, 3 MiB, with 5 of 9 pieces: those of the run’s texts." },
    });
  });

  it("tells why it failed, and is ready for another try", async () => {
    const { client } = createFakeLab();
    const store = createPackStore(
      createWorkersStore(() => client),
      () => [],
    );
    expect(await store.getState().pack(RUN, "https://lab.example/", "F32")).toBeUndefined();
    expect(store.getState()).toMatchObject({
      packing: undefined,
      outcome: { failed: true, message: "no weights" },
    });
  });
});
