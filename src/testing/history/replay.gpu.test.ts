// Old runs on WebGPU are trained again: bits on the adapter that made them, the tolerance between devices on another.
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { buildEmbedded } from "../../cli/buildEmbedded.ts";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import { describeGpu, startNodeBackend } from "../engine/nodeBackends.ts";
import { callLab, verdictOf } from "./callLab.ts";
import { HISTORY, readJson, saidBy } from "./readHistory.ts";

await describeGpu("the last of 0.2 on WebGPU", () => {
  let adapter = "";
  beforeAll(async () => {
    await buildEmbedded();
    adapter = (await startNodeBackend("webgpu")).adapter;
  }, 120_000);

  // layers-webgpu and teacher-webgpu take minutes on a simulated GPU; replay them by hand.
  it("a bag comes out as it did", async () => {
    const name = "bag-webgpu";
    const { environment } = parseRunRecord(readJson(`497d8ca/${name}.json`), name);
    const again = await callLab("replay", path.join(HISTORY, "497d8ca", `${name}.json`));
    if (adapter === environment.adapter) expect(again).toEqual(saidBy("497d8ca").records[name]!.replay);
    else expect([again.exit, verdictOf(again)]).toEqual([0, "close"]);
  });
});
