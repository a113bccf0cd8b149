// Old runs are trained again. Bits are asked for on the device that made them, the tolerance between devices elsewhere.
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildEmbedded } from "../../cli/buildEmbedded.ts";
import { createNodePorts } from "../../cli/nodePorts.ts";
import { compareRecords } from "../../core/record/compareRuns.ts";
import { fusesProducts } from "../../core/record/maker.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { digestOf, fitsDigest } from "../../core/record/digest.ts";
import { digestAge } from "../../core/record/recordAge.ts";
import { runExperiment } from "../../training/run/runExperiment.ts";
import { processorFuses } from "../engine/processorFuses.ts";
import { callLab, formerly, verdictOf } from "./callLab.ts";
import { ENCODERS, HISTORY, readJson, saidBy, verdicts } from "./readHistory.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-history-"));
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

const replay = (name: string) => callLab("replay", name);

const recordOf = (id: string) => parseRunRecord(readJson(`${id}.json`), id);
/** Without fusing is to be had everywhere; its bits are the same on every processor. */
const hasItsDevice = ({ environment }: RunRecord) => !fusesProducts(environment) || processorFuses();

describe("of what is older, the last of 0.2 found the same", () => {
  const judged = verdicts();
  // The first three ran without fused products, and 48af60d knows no nDCG.
  const old = ["8f5832e/bag", "48af60d/batches-cosine", "48af60d/rows-linear", "c9e9323/rows-linear"];
  it.each(old)("record %s", async (id) => {
    const again = await replay(path.join(HISTORY, `${id}.json`));
    const before = judged.records[id]!.replay;
    const verdict = hasItsDevice(recordOf(id)) ? verdictOf(before) : "close";
    expect([again.exit, verdictOf(again)]).toEqual([before.exit, verdict]);
    if (verdict === "exact") expect(again.out).toEqual([`exact\tdigest ${recordOf(id).digest}`]);
  });

  it("link of version 1", async () => {
    const { link } = saidBy("8f5832e").links["rows-linear"]!;
    const again = await replay(`#${link}`);
    const before = judged.links["8f5832e/rows-linear"]!.replay!;
    const verdict = processorFuses() ? verdictOf(before) : "exact"; // the sender's did not fuse
    expect([again.exit, verdictOf(again)]).toEqual([before.exit, verdict]);
  });
});

describe("an encoder folder", () => {
  it.each(ENCODERS)("%s keeps its hash and its vectors", async (name) => {
    const folder = path.join(HISTORY, "497d8ca/encoders", name);
    const record = recordOf(`497d8ca/encoders/${name}`);
    const out = path.join(dir, `${name}.json`);
    const args = ["--data", "cldr-emoji", "--langs", "de", "--backend", "wasm", "--out", out];
    expect(await callLab("eval", folder, ...args)).toMatchObject({ exit: 0 });
    const again = parseRunRecord(JSON.parse(readFileSync(out, "utf8")), name);
    expect(again.environment.encoderSha256).toBe(record.environment.encoderSha256);
    if (hasItsDevice(record))
      expect(digestOf(again, digestAge(record))).toBe(record.digest); // of what was measured then
    else expect(formerly(compareRecords(record, again, false).verdict)).toBe("close");
  });
});

describe("the last of 0.2", () => {
  const said = saidBy("497d8ca");
  it.each(["bag", "layers", "teacher-scores", "teacher-mse"])("%s comes out as it did", async (name) => {
    const id = `497d8ca/${name}`;
    const again = await replay(path.join(HISTORY, `${id}.json`));
    if (hasItsDevice(recordOf(id))) expect(again).toEqual(said.records[name]!.replay);
    else expect([again.exit, again.out.at(-1)]).toEqual([0, expect.stringMatching(/^close\t/)]);
  });

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
    if (hasItsDevice(record)) expect(fitsDigest(again!, record.digest)).toBe(true);
    else expect(formerly(compareRecords(record, again!, false).verdict)).toBe("close");
  });
});
