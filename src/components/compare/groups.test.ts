import { expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { findPreset } from "../../core/spec/presets.ts";
import { withPath, type ExperimentSpec } from "../../core/spec/spec.ts";
import { newRun, type Run } from "../../state/run/run.ts";
import { COLOURS, LOOKS } from "../../core/picture/lineLook.ts";
import { comparedGroups } from "./groups.ts";
import { overlaySeries } from "./overlaySeries.ts";

const device = { backend: "wasm", adapter: "", versions: {}, notes: [] } as const;
const specOf = (mix: string, seed: number): ExperimentSpec => ({ ...findPreset(mix)!.spec, seed });

/** @param value of Cr at step 10 */
function ended(name: string, spec: ExperimentSpec, value = 0.2, more: Partial<Run> = {}): Run {
  const points = appendPoints(NO_POINTS, [
    { step: 0, metric: "map/cross", value: 0.1 },
    { step: 10, metric: "map/cross", value },
    { step: 10, metric: "map/cross", lang: "th", value: value / 2 },
  ]);
  return {
    ...newRun({ id: name, name, colour: 2, createdAt: 0, presetName: "hybrid", spec }),
    status: "finished",
    device,
    detail: { state: "loaded", points },
    ...more,
  };
}
const namesOf = (groups: readonly { readonly runs: readonly Run[] }[]) =>
  groups.map(({ runs }) => runs.map(({ name }) => name));

const HYBRID = [1, 2].map((seed) =>
  ended(seed === 1 ? "Hybrid" : "Hybrid 2", specOf("hybrid", seed), seed / 10),
);
const CROSS = [1, 2].map((seed) => ended(`Cross, seed ${seed}`, specOf("cross", seed)));

it("puts all seeds of the shown experiments together, the selected one's first", () => {
  const all = [...CROSS, ...HYBRID];
  const { groups } = comparedGroups([HYBRID[1]!, CROSS[0]!], all);
  expect(namesOf(groups)).toEqual([
    ["Hybrid", "Hybrid 2"],
    ["Cross, seed 1", "Cross, seed 2"],
  ]);
  expect(groups.map(({ label }) => label)).toEqual(["Hybrid", "Cross-lingual"]);
  expect(comparedGroups([], all)).toEqual({ groups: [], elsewhere: [] });
});

it("compares all experiments of the test while none is chosen, and only those chosen else", () => {
  const mono = ended("Mono", specOf("mono", 1));
  const all = [mono, ...CROSS, ...HYBRID];
  expect(namesOf(comparedGroups([HYBRID[0]!], all).groups)).toEqual([
    ["Hybrid", "Hybrid 2"],
    ["Mono"],
    ["Cross, seed 1", "Cross, seed 2"],
  ]);
  expect(comparedGroups([HYBRID[0]!, mono], all).groups).toHaveLength(2);
});

it("tells 52 runs of nine ratios apart: nine names, nine colours; and of more than nine those of the newest", () => {
  const ofMix = (mono: number) =>
    [1, 2, 3, 4, 5, 6].map((seed) => {
      const ratio = ofKinds({ mono: mono / 8, cross: 1 - mono / 8 });
      return ended(`${mono} ${seed}`, withPath(specOf("hybrid", seed), "batch.ratio", ratio));
    });
  const nine = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(ofMix).slice(0, 52);
  const { groups } = comparedGroups([nine[0]!], nine);
  expect(groups.map(({ runs }) => runs.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 4]);
  expect(new Set(groups.map(({ label }) => label)).size).toBe(9);
  expect(new Set(groups.map(({ colour }) => colour % COLOURS)).size).toBe(9);
  const eleven = [...nine, ...[0.5, 1.5].flatMap(ofMix)];
  expect(comparedGroups([nine[0]!], eleven).groups).toHaveLength(9);
  const asked = comparedGroups(
    [...new Set(eleven.map(({ spec }) => spec.batch.ratio.mono))].map((mono) =>
      eleven.find(({ spec }) => spec.batch.ratio.mono === mono)!,
    ),
    eleven,
  ).groups; // ticked, all of them
  expect(new Set(asked.map(({ colour }) => colour % LOOKS)).size).toBe(11);
});

it("keeps runs of another test out of the ranking, and those that do not fit themselves out of any group", () => {
  const elsewhere = ended("Other", withPath(specOf("cross", 1), "data.eval", "xquad-r"));
  const broken = ended("Hybrid 3", specOf("hybrid", 3), 0.9, { misfits: ["its numbers are not its own"] });
  const found = comparedGroups([HYBRID[0]!, elsewhere], [elsewhere, broken, ...HYBRID]);
  expect(namesOf(found.groups)).toEqual([["Hybrid", "Hybrid 2"]]);
  expect(namesOf(found.elsewhere)).toEqual([["Other"]]);
  expect(comparedGroups([HYBRID[0]!], [elsewhere, ...HYBRID]).groups).toHaveLength(1);
});

it("counts a seed that was trained twice once, whichever of the two is chosen", () => {
  const again = ended("Hybrid 4", specOf("hybrid", 1), 0.7);
  const { groups } = comparedGroups([again], [...HYBRID, again]);
  expect(namesOf(groups)).toEqual([["Hybrid", "Hybrid 2"]]);
});

it("lets a run in training stand alone", () => {
  const going = ended("Hybrid 5", specOf("hybrid", 5), 0.3, { status: "running" });
  expect(namesOf(comparedGroups([going, ...HYBRID], HYBRID).groups)).toEqual([
    ["Hybrid 5"],
    ["Hybrid", "Hybrid 2"],
  ]);
});

it("tells groups of one name apart by what differs, and by device where nothing else does", () => {
  const longer = ended("Hybrid", withPath(specOf("hybrid", 1), "steps", 600), 0.2, { id: "longer" });
  const onGpu = ended("Cross", specOf("cross", 1), 0.2, { device: { ...device, backend: "webgpu" } });
  const labels = (shown: readonly Run[]) => comparedGroups(shown, shown).groups.map(({ label }) => label);
  expect(labels([HYBRID[0]!, longer])).toEqual([
    `Hybrid, ${HYBRID[0]!.spec.steps} steps`,
    "Hybrid, 600 steps",
  ]);
  expect(labels([CROSS[0]!, onGpu])).toEqual(["Cross, seed 1", "Cross"]); // as a person named them
  const onBoth = CROSS.flatMap((run) => [run, { ...run, id: `${run.id} on GPU`, device: onGpu.device! }]);
  expect(labels(onBoth)).toEqual(["Cross-lingual, on wasm", "Cross-lingual, on webgpu"]);
});

it("draws the mean of a group over its seeds, which are faint and in no legend", () => {
  const { groups } = comparedGroups([HYBRID[0]!, CROSS[0]!], [...HYBRID, CROSS[0]!]);
  const series = overlaySeries(groups, "map/cross");
  expect(series.map(({ label, faint = false, unlisted = false }) => [label, faint, unlisted])).toEqual([
    ["Hybrid", true, true],
    ["Hybrid", true, true],
    ["Hybrid", false, false],
    ["Cross, seed 1", false, false],
  ]);
  expect(series[2]!.line.values.map((value) => Math.round(1000 * value))).toEqual([100, 150]); // (.1 + .2) / 2 at the end
  expect(series[2]!.band).toBeUndefined(); // two seeds
  const three = [...HYBRID, ended("Hybrid 6", specOf("hybrid", 6), 0.3)];
  const [group] = comparedGroups([three[0]!], three).groups;
  // .1, .2, .3: sd .1, half = 4.3027 * .1 / sqrt(3) = .24842
  expect(overlaySeries([group!], "map/cross").at(-1)!.band!.high.values[1]).toBeCloseTo(0.2 + 0.24842, 4);
  expect(overlaySeries([group!], "map/cross", "th").at(-1)!.line.values).toEqual([expect.closeTo(0.1, 12)]);
});
