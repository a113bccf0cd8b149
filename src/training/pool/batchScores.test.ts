// The scores of the last batch are those of its loss: the losses told of the step follow from them.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { ofKinds, type BatchKind } from "../../core/spec/batchKind.ts";
import { ANSWER_ROLES } from "../../core/run/views.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { runExperiment, type RunResources } from "../run/runExperiment.ts";
import { batchScores } from "./batchScores.ts";

const languages = ["de", "en", "th"];

async function trained(kind: BatchKind, size: number, nConcepts: number, training = true) {
  const spec = {
    ...DEFAULT_SPEC,
    data: { ...DEFAULT_SPEC.data, train: "small", split: "all" as const },
    languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1, th: 1 }, heldOut: [] },
    batch: {
      ...DEFAULT_SPEC.batch,
      size,
      positives: 2,
      ratio: ofKinds({ [kind]: 1 }),
    },
    encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
    steps: 5,
    evalEvery: 0,
  };
  let kept: RunResources | undefined;
  let loss = NaN;
  const ports = memoryPorts(smallCorpus({ languages, nConcepts }));
  for await (const event of runExperiment(spec, ports, openControl, (own) => (kept = own), { training })) {
    if (event.type !== "points") continue;
    for (const { step, metric, value } of event.points) {
      if (step === 5 && metric === `loss/${kind}`) loss = value;
    }
  }
  return { resources: kept!, loss };
}

const rolesOf = (roles: Uint8Array, role: (typeof ANSWER_ROLES)[number]) =>
  roles.reduce((n, one) => n + (ANSWER_ROLES[one] === role ? 1 : 0), 0);

describe("the scores of the last batch", () => {
  it.each(["mono", "cross", "mixedMono"] as const)("of %s pairs are those of its loss", async (kind) => {
    const { resources, loss } = await trained(kind, 8, 16);
    const { taken, rows, answers, cosines, shares, pulls, roles } = await batchScores(resources);
    expect(taken.batch).toMatchObject({ step: 4, kind });
    expect([rows.length, answers.length, cosines.length]).toEqual([8, 8, 64]);
    expect([rolesOf(roles, "right"), rolesOf(roles, "wrong")]).toEqual([8, 56]);
    expect(rows.reduce((sum, row) => sum + row.loss, 0) / 8).toBeCloseTo(loss, 5);
    for (const [i, row] of rows.entries()) {
      const own = pulls.subarray(i * 8, i * 8 + 8);
      expect(own.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
      expect(own[i]).toBeCloseTo(shares[i * 9]! - 1, 6);
      expect(Math.exp(-row.loss)).toBeCloseTo(shares[i * 9]!, 5);
      expect(row).toMatchObject({ weight: 1, rest: { answers: 0, share: 0 } });
    }
  });

  it("has both right answers of a row, and their pulls add up to that of its wrong ones", async () => {
    const { resources, loss } = await trained("multi", 8, 16);
    const { rows, answers, pulls, roles } = await batchScores(resources);
    expect(answers.map(({ row }) => row)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]);
    expect([rolesOf(roles, "right"), rolesOf(roles, "wrong")]).toEqual([16, 8 * 14]);
    expect(rows.reduce((sum, row) => sum + row.loss, 0) / 8).toBeCloseTo(loss, 5);
    for (let i = 0; i < 8; i++) {
      expect(pulls.subarray(16 * i, 16 * i + 16).reduce((a, b) => a + b)).toBeCloseTo(0, 5);
    }
  });

  it("of a large batch are those of its first 32 rows, with the rest of each in one sum", async () => {
    const { resources } = await trained("cross", 40, 60);
    const { rows, answers, shares } = await batchScores(resources);
    expect([rows.length, answers.length]).toEqual([32, 32]);
    rows.forEach(({ rest }, i) => {
      expect(rest.answers).toBe(8);
      const shown = shares.subarray(32 * i, 32 * i + 32).reduce((a, b) => a + b);
      expect(shown + rest.share).toBeCloseTo(1, 5);
    });
  });

  it("are refused before the first step", async () => {
    const { resources } = await trained("mono", 8, 16, false);
    await expect(batchScores(resources)).rejects.toThrow("No batch was trained yet");
  });
});
