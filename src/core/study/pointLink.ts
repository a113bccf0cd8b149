// One run of a study as a link that trains it again, with what it gave. Decides nothing of links themselves.
import { encodeLink, type ExpectedResult } from "../spec/link.ts";
import { withChanges } from "../spec/spec.ts";
import { DEFAULT_PRESET } from "../spec/presets.ts";
import type { Study } from "./study.ts";
import { cellSpec } from "./studyRuns.ts";
import type { CellRun } from "./studyResult.ts";

/** @returns the hash of a link, without "#"; without numbers to check where the run lacks one of them */
export function pointLink(study: Study, run: CellRun): string {
  const cell = study.cells.find(({ name }) => name === run.cell)!;
  const expected = expectedOf(run);
  const spec = withChanges(cellSpec(study, cell, run.seed), run.fed ?? {});
  return encodeLink(spec, DEFAULT_PRESET, expected ? { expected } : {});
}

function expectedOf({ digest, device, end: { values } }: CellRun): ExpectedResult | undefined {
  const backend = /^\d+ (webgpu|wasm|cpu): /.exec(device)?.[1]; // as makerName says it
  const [mono, cross, multi] = [values["map/mono"], values["map/cross"], values["map/multi"]];
  const rankDistance = values["rankDistance"];
  const isWhole =
    typeof mono === "number" &&
    typeof cross === "number" &&
    typeof multi === "number" &&
    typeof rankDistance === "number";
  if (!isWhole || backend === undefined) return undefined;
  return { digest: digest.slice(0, 16), backend, map: { mono, cross, multi }, rankDistance };
}
