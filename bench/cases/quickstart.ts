// The quick-start preset from spec to record on wasm, data loading included, as the command line runs it.
import { executeRun } from "../../src/cli/executeRun.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { ceiling, seconds, type Case } from "../case.ts";

export const quickstart: Case = {
  name: "quickstart",
  about: "the quick-start preset with all its evaluations, wasm, one process",
  async run() {
    const spec = withPath(findPreset("quickstart")!.spec, "compute.backend", "wasm");
    let evaluations = 0;
    const value = await seconds(async () => {
      const { record, resources } = await executeRun(spec, { training: true, quiet: true });
      evaluations = record.points.filter((p) => p.metric === "map/multi" && p.lang === undefined).length;
      resources.model.dispose();
    });
    const note = `${spec.steps} steps, ${evaluations} evaluations`;
    return [ceiling({ name: "quickstart-wasm", unit: "s", value, limit: 60, limitName: "60 s", note })];
  },
};
