// `npm run bench [-- --case NAME[,NAME...] | --list]`: runs cases in turn, prints rows, merges them into results.json.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Case, CaseResult } from "./case.ts";
import { checkpoint } from "./cases/checkpoint.ts";
import { evaluation } from "./cases/evaluation.ts";
import { frames } from "./cases/frames.ts";
import { growth } from "./cases/growth.ts";
import { input } from "./cases/input.ts";
import { launches } from "./cases/launches.ts";
import { memory } from "./cases/memory.ts";
import { memoryLong } from "./cases/memoryLong.ts";
import { page } from "./cases/page.ts";
import { quickstart } from "./cases/quickstart.ts";
import { roofline } from "./cases/roofline.ts";
import { streaming } from "./cases/streaming.ts";
import { stepWasm } from "./cases/stepWasm.ts";
import { stepWebgpu } from "./cases/stepWebgpu.ts";
import { adapterName } from "./device.ts";
import { describeMachine, loadNow, mergeRows, readRows, writeResults } from "./resultsFile.ts";

const CASES: readonly Case[] = [
  ...[quickstart, stepWasm, stepWebgpu, launches, roofline, evaluation],
  ...[growth, input, memory, memoryLong, checkpoint, page, frames, streaming],
];
const RESULTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "results.json");

const { values } = parseArgs({ options: { case: { type: "string" }, list: { type: "boolean" } } });
if (values.list) {
  for (const { name, about } of CASES) process.stdout.write(`${name.padEnd(12)} ${about}\n`);
  process.exit(0);
}
const wanted = values.case?.split(",") ?? CASES.map(({ name }) => name);
const unknown = wanted.find((name) => !CASES.some((known) => known.name === name));
if (unknown !== undefined) {
  const names = CASES.map((known) => known.name).join(", ");
  process.stderr.write(`bench: there is no case "${unknown}"; cases are ${names}\n`);
  process.exit(2);
}
const environment = describeMachine();
let rows = readRows(RESULTS);
let failures = 0;
for (const { name, about, gpu, run } of CASES.filter(({ name }) => wanted.includes(name))) {
  const load = loadNow();
  process.stdout.write(`${name}: ${about} (load ${load})\n`);
  try {
    const measured = await run();
    for (const row of measured) process.stdout.write(`  ${describeRow(row)}\n`);
    const how = {
      ...{ case: name, date: new Date().toISOString().slice(0, 10), environment, load },
      ...(gpu && { adapter: adapterName() }),
    };
    rows = mergeRows(
      rows,
      name,
      measured.map((row) => ({ ...row, ...how })),
      CASES.map((known) => known.name),
    );
    writeResults(RESULTS, { environment, cases: rows });
  } catch (error) {
    failures++;
    process.stdout.write(`  FAILED ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`written to ${path.relative(process.cwd(), RESULTS)}\n`);
process.exit(failures > 0 ? 1 : 0); // a GPU device would keep the process alive

function describeRow(row: CaseResult): string {
  const { name, ratio, value, unit, baseline, baselineValue, target, met, note } = row;
  const verdict = met === null ? "      " : ratio === null ? "NONE  " : met ? "met   " : "MISSED";
  const number = (x: number | null) => (x === null ? "nothing" : x.toPrecision(4));
  const held = `${number(value)} ${unit} against ${number(baselineValue)} (${baseline})`;
  const against = target === "none" ? "" : ` (${target})`;
  return `${verdict} ${name}: ratio ${ratio?.toFixed(3) ?? "none"}${against}; ${held}${note ? `; ${note}` : ""}`;
}
