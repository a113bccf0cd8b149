// Old runs are trained again. Bits are asked for on the device that made them, the tolerance between devices elsewhere.
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildEmbedded } from "../../cli/buildEmbedded.ts";
import { lab } from "../../cli/commands.ts";
import { createNodePorts } from "../../cli/nodePorts.ts";
import { compareRecords } from "../../core/record/compareRuns.ts";
import { fusesProducts } from "../../core/record/maker.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { digestOf } from "../../core/record/digest.ts";
import { runExperiment } from "../../training/run/runExperiment.ts";
import { processorFuses } from "../engine/processorFuses.ts";
import { HISTORY, readJson, type Replayed, saidBy } from "./readHistory.ts";

beforeAll(() => buildEmbedded().then(() => undefined), 120_000);

async function replay(name: string): Promise<Replayed> {
  const out: string[] = [];
  const errors: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void errors.push(line) };
  const exit = await lab(["replay", name, "--quiet"], io);
  expect(errors).toEqual([]);
  return { exit, out };
}

const recordOf = (id: string) => parseRunRecord(readJson(`${id}.json`), id);
/** Without fusing is to be had everywhere; its bits are the same on every processor. */
const hasItsDevice = ({ environment }: RunRecord) => !fusesProducts(environment) || processorFuses();

describe("the last of 0.2", () => {
  const said = saidBy("497d8ca");
  it.each(["bag", "bag-unfused", "layers", "teacher-scores", "teacher-mse", "rows-step", "eval"])(
    "%s comes out as it did",
    async (name) => {
      const id = `497d8ca/${name}`;
      const again = await replay(path.join(HISTORY, `${id}.json`));
      if (hasItsDevice(recordOf(id))) expect(again).toEqual(said.records[name]!.replay);
      else expect([again.exit, again.out.at(-1)]).toEqual([0, expect.stringMatching(/^close\t/)]);
    },
  );

  it.each(["stopped", "stopped-layers"])("%s comes out as it did if it is stopped there", async (name) => {
    const record = recordOf(`497d8ca/${name}`);
    const steps = record.points.filter(({ metric }) => metric.startsWith("loss/")).at(-1)!.step;
    let asked = 0;
    const control = {
      gate: () => Promise.resolve(),
      trainGate: () => Promise.resolve(void asked++), // before each step
      get stopped() {
        return asked > steps;
      },
      paused: false,
    };
    const ports = createNodePorts(undefined, fusesProducts(record.environment));
    let again: RunRecord | undefined;
    for await (const event of runExperiment(record.spec, ports, control, () => {})) {
      if (event.type === "finished") again = event.record;
    }
    if (hasItsDevice(record)) expect(digestOf(again!)).toBe(record.digest);
    else expect(compareRecords(record, again!, false).verdict).toBe("close");
  });
});
