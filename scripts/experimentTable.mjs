// Prints the tables of docs/experiments.md from the records that scripts/experiments.sh wrote: mean ± half a 95 %
// t interval over seeds, and differences between mixes paired by seed. Trains nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const T_95 = { 2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776 }; // two-sided, n - 1 degrees of freedom
const COLUMNS = [
  { title: "Mo", metric: "map/mono", final: (f) => f.map.mono, digits: 3 },
  { title: "Cr", metric: "map/cross", final: (f) => f.map.cross, digits: 3 },
  { title: "Mul", metric: "map/multi", final: (f) => f.map.multi, digits: 3 },
  { title: "rank distance", metric: "rankDistance", final: (f) => f.rankDistance, digits: 0 },
  { title: "same-language share", metric: "sameLanguageShare", final: (f) => f.sameLanguageShare, digits: 3 },
];
const folder = process.argv[2] ?? ".lab/experiments";
const groups = new Map(); // "data start preset" -> seed -> a value per column
const put = (key, seed, values) => groups.set(key, (groups.get(key) ?? new Map()).set(seed, values));
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const [data, start, preset, seed] = file.split(".");
  const { points, final } = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const before = ({ metric }) =>
    points.find((p) => p.step === 0 && p.metric === metric && p.lang === undefined).value;
  put(
    `${data} ${start} ${preset}`,
    seed,
    COLUMNS.map((column) => column.final(final)),
  );
  if (preset === "mono") put(`${data} ${start} start`, seed, COLUMNS.map(before));
}

/** "mean ± half" of a 95 % t interval; a single value, or values that do not differ, stand alone. */
function cell(values, digits, sign = "") {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const text = (mean >= 0 ? sign : "") + mean.toFixed(digits);
  if (n === 1 || values.every((x) => x === values[0])) return text;
  const variance = values.reduce((s, x) => s + (x - mean) ** 2, 0) / (n - 1);
  return `${text} ± ${(T_95[n] * Math.sqrt(variance / n)).toFixed(digits)}`;
}

const row = (name, rows, sign) =>
  `| ${name} | ${rows.length} | ${COLUMNS.map(({ digits }, i) =>
    cell(
      rows.map((values) => values[i]),
      digits,
      sign,
    ),
  ).join(" | ")} |`;

const sets = [...new Set([...groups.keys()].map((key) => key.split(" ").slice(0, 2).join(" ")))];
for (const set of sets) {
  console.log(`\n### ${set.replace(" ", ", from ")}\n`);
  console.log(`| batches | n seeds | ${COLUMNS.map((c) => c.title).join(" | ")} |`);
  console.log(`| --- | --- ${"| --- ".repeat(COLUMNS.length)}|`);
  for (const preset of ["start", "mono", "cross", "hybrid", "hybrid-600", "multi", "mixed-mono"]) {
    const found = groups.get(`${set} ${preset}`);
    if (found) console.log(row(preset, [...found.values()]));
  }
  for (const [a, b] of [
    ["hybrid", "mono"],
    ["hybrid", "cross"],
    ["hybrid-600", "cross"],
  ]) {
    const [left, right] = [a, b].map((preset) => groups.get(`${set} ${preset}`));
    if (!left || !right) continue;
    const seeds = [...left.keys()].filter((seed) => right.has(seed));
    const differences = seeds.map((seed) => left.get(seed).map((x, i) => x - right.get(seed)[i]));
    console.log(row(`${a} − ${b}`, differences, "+"));
  }
}
