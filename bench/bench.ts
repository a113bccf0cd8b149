// `npm run bench [-- --case NAME]`: runs the cases one after the other, prints a table, writes bench/results.json.
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Case, CaseResult } from "./case.ts";
import { evaluation } from "./cases/evaluation.ts";
import { memory } from "./cases/memory.ts";
import { page } from "./cases/page.ts";
import { quickstart } from "./cases/quickstart.ts";

const CASES: readonly Case[] = [quickstart, evaluation, memory, page];
const RESULTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "results.json");

const { values } = parseArgs({ options: { case: { type: "string" } } });
const chosen = CASES.filter(({ name }) => values.case === undefined || name === values.case);
if (chosen.length === 0) {
  process.stderr.write(
    `bench: there is no case "${values.case}"; cases are ${CASES.map((c) => c.name).join(", ")}\n`,
  );
  process.exit(2);
}
const environment = {
  node: process.version,
  cpu: `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
};
const results: CaseResult[] = [];
for (const { name, about, run } of chosen) {
  process.stdout.write(`${name}: ${about}\n`);
  for (const row of await run()) {
    results.push(row);
    const { ratio, value, unit, baseline, baselineValue, target, met, note } = row;
    const numbers = `${value.toPrecision(4)} ${unit} against ${baselineValue.toPrecision(4)} (${baseline})`;
    process.stdout.write(
      `  ${met ? "met   " : "MISSED"} ${row.name}: ratio ${ratio.toFixed(3)} (${target}); ${numbers}${note ? `; ${note}` : ""}\n`,
    );
  }
}
writeFileSync(RESULTS, `${JSON.stringify({ environment, cases: results }, null, 2)}\n`);
process.stdout.write(`written to ${path.relative(process.cwd(), RESULTS)}\n`);
process.exit(0); // a GPU device would keep the process alive
