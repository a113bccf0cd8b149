// Branches and stops as the page asks the trainer for them.
import { afterEach, describe, expect, it } from "vitest";
import { ofKinds } from "../core/spec/batchKind.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import { closeChannels, connect, spec } from "../testing/joinedWorkers.ts";

afterEach(closeChannels);

describe("the trainer", () => {
  it("branches off a paused run at its snapshot, and trains its steps again without one, to one digest", async () => {
    const child: ExperimentSpec = {
      ...spec,
      batch: { ...spec.batch, ratio: ofKinds({ cross: 1 }) },
      steps: 24,
    };
    const parent = { spec, step: 3, digest: "" };
    const digestOf = async (lab: Awaited<ReturnType<typeof connect>>, parentId?: string) => {
      await lab.trainer.request("start", { runId: "b", spec: child, parent, parentId, paused: false });
      const finished = await lab.until((event) => event.type === "finished" && event.runId === "b");
      if (finished.type !== "finished") throw new Error("unreachable");
      const ofParent = lab.events.filter((e) => e.type === "progress" && e.progress.phase === "parent");
      const trunk = lab.events.flatMap((e) => (e.type === "trunk" ? e.points : []));
      const steps = trunk.filter(({ metric }) => metric.startsWith("loss/")).map(({ step }) => step);
      expect(steps).toEqual([1, 2, 3]);
      return { digest: finished.record.digest, again: ofParent.length > 0 };
    };

    const first = await connect();
    await first.trainer.request("start", { runId: "a", spec, paused: true, cadence: { steps: 100 } });
    await first.until((event) => event.type === "state" && event.state === "paused");
    for (let step = 0; step < 2; step++) await first.trainer.request("step", { runId: "a" });
    await first.until(
      (event) => event.type === "progress" && event.progress.phase === "train" && event.progress.done === 2,
    );
    await first.trainer.request("keepSnapshot", { runId: "a" });
    await first.trainer.request("step", { runId: "a" });
    await first.until((event) => event.type === "snapshot" && event.step === 3);
    const [near, afresh] = [await digestOf(first, "a"), await digestOf(await connect())];
    expect(near).toEqual({ digest: afresh.digest, again: false });
    expect(afresh.again).toBe(true);
  });

  it("says of a branch that was stopped before its own first step that it has none", async () => {
    const { trainer, until } = await connect();
    const long = { ...spec, steps: 20_000 };
    const parent = { spec: long, step: 19_000, digest: "" };
    await trainer.request("start", { runId: "b", spec: long, parent, paused: false });
    await until((event) => event.type === "progress" && event.progress.phase === "parent");
    await trainer.request("stop", { runId: "b" });
    expect(await until((event) => event.type === "failed")).toMatchObject({
      error: { kind: "input", message: "Ended before its own first step, which comes after step 19000" },
    });
  });

  it("stops a run where it is asked to, as if by hand", async () => {
    const { trainer, until } = await connect();
    await trainer.request("start", { runId: "a", spec, stopAt: 7, paused: false });
    expect(await until((event) => event.type === "finished")).toMatchObject({
      reason: "stopped",
      record: { stoppedAt: 7 },
    });
  });
});
