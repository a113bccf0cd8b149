// Prints the tables of docs/experiments.md from the records that scripts/experiments.sh wrote: mean ± half a 95 %
// t interval over seeds. Trains nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const T_95 = { 2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776 }; // two-sided, n - 1 degrees of freedom
const folder = process.argv[2] ?? ".lab/experiments";
const groups = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const [data, preset] = file.split(".");
  const { points, final } = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const first = (metric) =>
    points.find((p) => p.step === 0 && p.metric === metric && p.lang === undefined).value;
  const add = (key, row) => groups.set(key, [...(groups.get(key) ?? []), row]);
  add(`${data} ${preset}`, [
    final.map.mono,
    final.map.cross,
    final.map.multi,
    final.rankDistance,
    final.sameLanguageShare,
  ]);
  if (preset === "mono")
    add(
      `${data} start`,
      ["map/mono", "map/cross", "map/multi", "rankDistance", "sameLanguageShare"].map(first),
    );
}

function cell(values, digits) {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const variance = values.reduce((s, x) => s + (x - mean) ** 2, 0) / (n - 1);
  return `${mean.toFixed(digits)} ± ${(T_95[n] * Math.sqrt(variance / n)).toFixed(digits)}`;
}

for (const data of ["cldr-emoji", "xquad-r"]) {
  console.log(`\n### ${data}\n\n| batches | n seeds | Mo | Cr | Mul | rank distance | same-language share |`);
  console.log("| --- | --- | --- | --- | --- | --- | --- |");
  for (const preset of ["start", "mono", "cross", "hybrid", "multi", "mixed-mono"]) {
    const rows = groups.get(`${data} ${preset}`);
    if (!rows) continue;
    const cells = [0, 1, 2, 3, 4].map((i) =>
      cell(
        rows.map((row) => row[i]),
        i === 3 ? 0 : 3,
      ),
    );
    console.log(`| ${preset} | ${rows.length} | ${cells.join(" | ")} |`);
  }
}
