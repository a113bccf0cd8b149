// Branches in process: on wasm, and what is told of their parents. On webgpu: branch.gpu.test.ts.
import { describe, expect, it } from "vitest";
import { branchOf, branchSuite } from "../../testing/engine/branchSuite.ts";
import { RESUME_BASE, resumePorts, runThrough } from "../../testing/engine/resumeSuite.ts";
import { openControl } from "../../testing/memoryPorts.ts";
import type { RunControl } from "../../core/run/control.ts";

describe("a branch on wasm", () => branchSuite("wasm"));

const child = branchOf(RESUME_BASE);
const parent = { spec: RESUME_BASE, step: 6, digest: "" };

describe("the parent of a branch", () => {
  it("is told where it gave other numbers", async () => {
    const { events } = await runThrough(child, resumePorts("cpu"), openControl, {
      parent: { ...parent, digest: "0".repeat(16) },
    });
    expect(events).toContainEqual({
      type: "notice",
      message: "The parent’s first 6 steps gave other numbers here than where it was branched off.",
    });
  });

  it("tells its steps as its own, and its points as the trunk, origin first", async () => {
    const grandchild = { ...child, steps: 12 };
    const { events } = await runThrough(grandchild, resumePorts("cpu"), openControl, {
      parent: { spec: child, step: 9, digest: "", parent },
    });
    const progress = events.flatMap((event) => (event.type === "progress" ? [event.progress] : []));
    const ofParents = progress.filter(({ phase }) => phase === "parent");
    expect(ofParents.map(({ done, total }) => [done, total])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((done) => [done, 6]),
      ...[7, 8, 9].map((done) => [done, 9]),
    ]);
    const own = progress.filter(({ phase }) => phase === "train");
    expect(own.map(({ done }) => done)).toEqual([10, 11, 12]);
    const trunk = events.flatMap((event) => (event.type === "trunk" ? event.points : []));
    const losses = trunk.filter(({ metric }) => metric.startsWith("loss/"));
    expect(losses.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const told = events.flatMap((event) => (event.type === "points" ? event.points : []));
    expect(told[0]!.step).toBe(9);
  });

  it("is trained on the branch's backend where it leaves the choice open", async () => {
    const asked: string[] = [];
    const ports = resumePorts("cpu");
    const startDevice = (choice: Parameters<typeof ports.startDevice>[0]) => {
      asked.push(choice);
      return ports.startDevice(choice);
    };
    const on = (backend: "auto" | "cpu" | "wasm") => ({ ...RESUME_BASE, compute: { backend } });
    for (const [backend, spec] of [
      ["wasm", on("auto")],
      ["wasm", on("cpu")],
    ] as const) {
      const options = { parent: { spec, step: 2, digest: "" } };
      await runThrough({ ...child, compute: { backend } }, { ...ports, startDevice }, openControl, options);
    }
    expect(asked).toEqual(["wasm", "wasm", "cpu", "wasm"]);
  });

  it("that is stopped while it is trained again leaves the branch without a record", async () => {
    let passed = 0;
    const control: RunControl = {
      ...openControl,
      trainGate: () => Promise.resolve(void passed++),
      get stopped() {
        return passed > 3;
      },
    };
    const { events } = await runThrough(child, resumePorts("cpu"), control, { parent });
    expect(events.at(-1)).toEqual({ type: "suspended", step: 0, kept: false });
    expect(events.filter(({ type }) => type === "points" || type === "finished")).toEqual([]);
  });
});
