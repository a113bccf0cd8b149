// Notes what the last commit of 0.2 says of all records and links: of its own, of older ones, of each pair of a spec.
// node --import tsx scripts/history/judgeAll.mjs CHECKOUT   (of 497d8ca, set up)
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { jsonLines } from "./jsonLines.mjs";
import { decodedJson, oldCommand, oldModules } from "./oldLab.mjs";
import { ODD_LINKS, OLD_RUNS } from "./oldRuns.mjs";

const [root] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, "../../src/testing/history");
const lab = oldCommand(root);
const old = await oldModules(root);
const read = (file) => JSON.parse(readFileSync(path.join(folder, file), "utf8"));

/** Records of one spec but for backend and version; the pairs among them are compared, the older one first. */
const KIN = [
  ["bag", "bag-webgpu", "bag-unfused", "stopped"],
  ["layers", "layers-webgpu", "layers-unfused", "stopped-layers"],
  ["mini", "auto"],
  ["teacher-scores", "teacher-webgpu"],
  ...["rows-linear", "batches-cosine", "rows-step", "one-language", "eval", "teacher-mse"].map((name) => [
    name,
  ]),
];

const verdicts = { records: {}, links: {}, pairs: [], oddLinks: [] };
const records = {};
for (const [commit, runs] of Object.entries(OLD_RUNS)) {
  if (!existsSync(path.join(folder, commit, "said.json"))) continue;
  const said = read(`${commit}/said.json`);
  for (const name of [...Object.keys(runs.lab), ...Object.keys(runs.byHand)]) {
    const file = `${commit}/${name}.json`;
    const record = old.parseRunRecord(read(file), file);
    records[`${commit}/${name}`] = record;
    if (commit === "497d8ca") continue; // its own said.json has the same
    const replay = lab("replay", path.join(folder, file), "--quiet");
    verdicts.records[`${commit}/${name}`] = { digest: old.digestOf(record), replay };
  }
  for (const [name, { link, decoded, replay }] of commit === "497d8ca" ? [] : Object.entries(said.links)) {
    const now = decodedJson(old.decodeLink(link));
    verdicts.links[`${commit}/${name}`] = {
      ...(!isDeepStrictEqual(now, decoded) && { decoded: now }), // has fields that came later
      ...(replay && { replay: lab("replay", `#${link}`, "--quiet") }),
    };
  }
}
for (const kin of KIN) {
  const ids = Object.keys(records).filter((id) => kin.includes(id.split("/")[1]));
  for (const [i, expected] of ids.entries())
    for (const got of ids.slice(i + 1)) {
      const [a, b] = [records[expected], records[got]];
      const sameMaker = old.isSameMaker(a.environment, b.environment);
      const { verdict, differences } = old.compareRecords(a, b, sameMaker);
      verdicts.pairs.push({ expected, got, sameMaker, verdict, differences: differences.length });
    }
}
for (const link of ODD_LINKS) verdicts.oddLinks.push({ link, decoded: decodedJson(old.decodeLink(link)) });
writeFileSync(path.join(folder, "verdicts.json"), jsonLines(verdicts, 3));
