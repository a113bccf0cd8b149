// The time that the form says before Train, by the encoders' table, against what a run takes on wasm with two threads. Notes
// have the speeds that it told, as the table has them (core/encoders/shippedEncoders.ts).
import { executeRun } from "../../src/cli/executeRun.ts";
import { openDataset } from "../../src/cli/nodeShards.ts";
import { findShipped } from "../../src/core/encoders/shippedEncoders.ts";
import { evalSize } from "../../src/core/series/evalSize.ts";
import { expectedSeconds } from "../../src/core/series/expectedTime.ts";
import { measuredSpeeds } from "../../src/core/series/measuredSpeeds.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withChanges, type ExperimentSpec, type SpecChanges } from "../../src/core/spec/spec.ts";
import { notMeasured, seconds, type Case, type CaseResult } from "../case.ts";
import { NO_XQUADR, withXquadR } from "../xquadR.ts";

const MOST = 1.5;
const presetSpec = (name: string, changes: SpecChanges): ExperimentSpec =>
  withChanges(findPreset(name)!.spec, { "compute.backend": "wasm", ...changes });

const RUNS = [
  presetSpec("quickstart", {}),
  presetSpec("quickstart", { "encoder.id": "distilled-mini" }),
  presetSpec("paper-hybrid", { "languages.train": { en: 1, th: 1 }, "languages.heldOut": [], steps: 20 }),
];

export const estimates: Case = {
  name: "estimates",
  about:
    "the time said before Train against the time taken: two bags in the quick start, distilled-small on XQuAD-R",
  async run() {
    process.env["LAB_THREADS"] = "2";
    const rows: CaseResult[] = [];
    for (const spec of RUNS.filter(({ data }) => data.train !== "xquad-r")) rows.push(await held(spec));
    const paper = RUNS.find(({ data }) => data.train === "xquad-r")!;
    rows.push((await withXquadR(() => held(paper))) ?? notMeasured({ ...row(paper), reason: NO_XQUADR }));
    return rows;
  },
};

const row = ({ encoder }: ExperimentSpec) => ({
  name: `estimate/${encoder.id}`,
  unit: "s",
  baseline: "what the form says",
  target: `ratio within ${MOST}`,
});

async function held(spec: ExperimentSpec): Promise<CaseResult> {
  const size = evalSize(await (await openDataset(spec.data.train)).manifest(), spec);
  const said = expectedSeconds(spec, size, findShipped(spec.encoder.id)!.speeds!);
  let told = "";
  const value = await seconds(async () => {
    const { record, resources } = await executeRun(spec, { training: true, quiet: true, measuresAll: true });
    resources.model.dispose();
    const { pairs, texts } = measuredSpeeds(record)!;
    told = `${pairs.toPrecision(3)} pairs/s, ${texts.toPrecision(3)} texts/s`;
  });
  const ratio = value / said;
  const met = ratio <= MOST && ratio >= 1 / MOST;
  return { ...row(spec), value, baselineValue: said, ratio, met, note: `${told}; loading included` };
}
