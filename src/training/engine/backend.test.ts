// Which device is taken, and what is said about it.
import { describe, expect, it } from "vitest";
import { nodeWasm } from "../../cli/nodeWasm.ts";
import { processorFuses } from "../../testing/engine/processorFuses.ts";
import { startBackend } from "./backend.ts";

describe("startBackend", () => {
  it("falls back from webgpu to wasm and says why", async () => {
    const report = await startBackend("auto", nodeWasm());
    expect(report.backend).toBe("wasm");
    expect(report.adapter).toBe(processorFuses() ? "wasm SIMD FMA, 1 thread" : "wasm SIMD, 1 thread");
    expect(report.notes.join()).toContain("webgpu not used: navigator.gpu is missing");
    expect(report.versions["tfjs-core"]).toBe("4.22.0"); // own kernels reach into this version's backends
  });

  it("refuses an explicit choice that cannot be had", async () => {
    await expect(startBackend("webgpu")).rejects.toThrow(
      'Backend "webgpu" is not available here: navigator.gpu is missing',
    );
  });

  it("starts plain JavaScript anywhere, and warns", async () => {
    const report = await startBackend("cpu");
    expect(report).toMatchObject({ backend: "cpu", adapter: "plain JavaScript" });
    expect(report.notes.join()).toContain("slow");
  });
});
