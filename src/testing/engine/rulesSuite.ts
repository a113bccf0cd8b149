// A run whose rules decide has one digest: undisturbed, killed and gone on with, and from its recorded decisions without the
// rules. Checks for every backend, on models small enough for SwiftShader.
import { describe, expect, it } from "vitest";
import type { BackendName } from "../../core/spec/backend.ts";
import { parseValue } from "../../core/spec/fieldText.ts";
import { withPath, type ExperimentSpec, type SpecPath } from "../../core/spec/spec.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { RunOptions } from "../../training/run/runExperiment.ts";
import { lastSnapshot } from "../../training/snapshot/lastSnapshot.ts";
import { openControl } from "../memoryPorts.ts";
import { memorySnapshots } from "../memorySnapshots.ts";
import { killAt, RESUME_BASE, resumePorts, runThrough } from "./resumeSuite.ts";

export type Settings = Partial<Record<SpecPath, string>>;

/** The base of these runs with fields set as text. */
export function ruledSpec(settings: Settings): ExperimentSpec {
  const all: Settings = { steps: "24", evalEvery: "8", "rule.every": "3", "rule.floor": "0.1", ...settings };
  return Object.entries(all).reduce((spec, [path, text]) => {
    const checked = parseValue(path as SpecPath, text);
    if (!("value" in checked)) throw new Error(checked.problem.message);
    return withPath(spec, path as SpecPath, checked.value);
  }, RESUME_BASE);
}

const onDev = { "data.split": "devConcepts" };
const reference = { "rule.reference": "mono:0.5,cross:0.4" };
/** Every rule that decides, and the steps from which its decisions hold: seven after each. */
const CASES: Record<string, readonly [Settings, readonly number[]]> = {
  exp3: [{ "batch.schedule": "exp3", "rule.rate": "0.5" }, [10, 13, 16, 19, 22]],
  ado: [{ "batch.schedule": "ado" }, [10, 13, 16, 19, 22]],
  "doremi, layers": [
    { "batch.schedule": "doremi", "encoder.layers": "1", ...reference },
    [10, 13, 16, 19, 22],
  ],
  "tdro at evaluations, rows of several kinds": [
    { "batch.schedule": "tdro", "batch.unit": "row", "rule.every": "0", ...reference },
    [15, 23],
  ],
  skillIt: [
    { "batch.schedule": "skillIt", "rule.transfer": "mono-cross:0.5,cross-cross:1" },
    [10, 13, 16, 19, 22],
  ],
  devGap: [{ "batch.schedule": "devGap", ...onDev, ...reference }, [15, 23]],
  dwa: [{ "loss.weighting": "dwa" }, [10, 13, 16, 19, 22]],
  uncertainty: [{ "loss.weighting": "uncertainty", "rule.rate": "1" }, [10, 13, 16, 19, 22]],
  gradNorm: [{ "loss.weighting": "gradNorm", "rule.rate": "0.2" }, [10, 13, 16, 19, 22]],
  "gradNorm, layers": [
    { "loss.weighting": "gradNorm", "rule.rate": "0.2", "encoder.layers": "1" },
    [10, 13, 16, 19, 22],
  ],
  "a mix and weights": [
    { "batch.schedule": "devGap", "loss.weighting": "tdro", "rule.every": "6", ...onDev, ...reference },
    [13, 15, 19, 23], // tdro at 6, 12 and 18 (holding from 25: never), devGap at 8 and 16
  ],
};

/** @param only names of cases; left out: all */
export function rulesSuite(backend: BackendName, only?: readonly string[]): void {
  const run = async (spec: ExperimentSpec, options: RunOptions = {}, control: RunControl = openControl) => {
    const { record, resources } = await runThrough(spec, resumePorts(backend), control, options);
    resources!.model.dispose();
    return record!;
  };
  const cases = Object.entries(CASES).filter(([name]) => only?.includes(name) ?? true);
  describe.each(cases)("%s", (_, [settings, steps]) => {
    const spec = ruledSpec(settings);
    let undisturbed: Promise<RunRecord> | undefined;
    const whole = () => (undisturbed ??= run(spec));

    it("decides, and its record gives the run again without the rule", async () => {
      const record = await whole();
      expect(record.trajectory!.map(({ step }) => step)).toEqual(steps);
      const values = record.trajectory!.flatMap(({ ratio, weights }) =>
        [ratio, weights].filter((one) => one),
      );
      expect(
        values.some((one) => one!.mono !== one!.cross),
        "decides something",
      ).toBe(true);
      const again = await run(spec, { trajectory: record.trajectory! });
      expect(again.digest).toBe(record.digest);
      const other = await run(spec, { trajectory: record.trajectory!.slice(1) });
      expect(other.digest).not.toBe(record.digest);
    });

    it("ends with the undisturbed digest, killed at any moment", async () => {
      const { digest, trajectory: decided } = await whole();
      for (const trajectory of [undefined, decided!]) {
        const snapshots = memorySnapshots();
        const ports = { ...resumePorts(backend), snapshots };
        // Snapshots after steps 4, 8, …: between a decision and its first batch, and right at an evaluation.
        for (const kill of [5, 9, 17, Infinity]) {
          const from = await lastSnapshot(snapshots, "memory", (sentence) => expect.fail(sentence));
          const control = killAt(kill - (from?.state.step ?? 0));
          const options = {
            checkpointEvery: { steps: 4 },
            ...(from ? { from } : trajectory && { trajectory }),
          };
          const { record, resources } = await runThrough(spec, ports, control, options);
          if (kill === Infinity) expect(record!.digest).toBe(digest);
          resources!.model.dispose();
        }
      }
    });
  });
}
