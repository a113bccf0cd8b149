// Branches in process: from a snapshot, from a parent that is trained again, and gone on with after a kill.
import { expect, it } from "vitest";
import { killAt, RESUME_BASE, resumePorts, runThrough } from "../../testing/engine/resumeSuite.ts";
import { openControl } from "../../testing/memoryPorts.ts";
import { memorySnapshots } from "../../testing/memorySnapshots.ts";
import { lastSnapshot } from "../snapshot/lastSnapshot.ts";

const child = {
  ...RESUME_BASE,
  languages: { ...RESUME_BASE.languages, train: { de: 1, en: 1, th: 2 }, heldOut: [] },
  batch: { ...RESUME_BASE.batch, ratio: { mono: 0, cross: 1, multi: 0, mixedMono: 0 } },
  steps: 18,
};
const parent = { spec: RESUME_BASE, step: 6, digest: "" };

it("has one digest: from a snapshot, after the parent's steps again, and after a kill of its own", async () => {
  const snapshots = memorySnapshots();
  const kept = { ...resumePorts("cpu"), snapshots };
  await runThrough(RESUME_BASE, kept, killAt(7), { checkpointEvery: { steps: 6 } });
  const from = (await lastSnapshot(snapshots, "memory", (sentence) => expect.fail(sentence)))!;
  expect(from.state.step).toBe(6);
  const fromSnapshot = await runThrough(child, resumePorts("cpu"), openControl, { parent, from });
  const trainedAgain = await runThrough(child, resumePorts("cpu"), openControl, { parent });
  expect(fromSnapshot.record!.parent!.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(trainedAgain.record!.digest).toBe(fromSnapshot.record!.digest);
  expect(trainedAgain.record!.points[0]!.step).toBe(6);

  const own = memorySnapshots();
  const ports = { ...resumePorts("cpu"), snapshots: own };
  await runThrough(child, ports, killAt(11), { parent, from, checkpointEvery: { steps: 4 } });
  const half = (await lastSnapshot(own, "memory", (sentence) => expect.fail(sentence)))!;
  expect(half.parent!.step).toBe(6);
  const resumed = await runThrough(child, ports, openControl, { from: half });
  expect(resumed.record!.digest).toBe(fromSnapshot.record!.digest);
});

it("says so where the parent gave other numbers", async () => {
  const { events } = await runThrough(child, resumePorts("cpu"), openControl, {
    parent: { ...parent, digest: "0".repeat(16) },
  });
  expect(events).toContainEqual({
    type: "notice",
    message: "The parent’s first 6 steps gave other numbers here than where it was branched off.",
  });
});
