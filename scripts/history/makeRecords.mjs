// Makes the records and links of one old commit, and notes what that commit itself says of them.
// node --import tsx scripts/history/makeRecords.mjs COMMIT CHECKOUT   (COMMIT as in oldRuns.mjs, checked out and set up)
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { jsonLines } from "./jsonLines.mjs";
import { decodedJson, oldCommand, oldModules } from "./oldLab.mjs";
import { OLD_RUNS } from "./oldRuns.mjs";

const [commit, root] = process.argv.slice(2);
const runs = OLD_RUNS[commit];
const folder = path.join(import.meta.dirname, "../../src/testing/history", commit);
mkdirSync(folder, { recursive: true });
const fileOf = (name) => path.join(folder, `${name}.json`);
const lab = oldCommand(root);
const old = await oldModules(root);

/** Values of single queries stay with one record only: they are large, and no part of a record. */
function writeRecord(name, { perQuery, ...record }) {
  const kept = name === "one-language" && perQuery ? { ...record, perQuery } : record;
  writeFileSync(fileOf(name), jsonLines(kept, 2));
}

for (const [name, args] of Object.entries(runs.lab)) {
  const { exit } = lab(...args, "--out", fileOf(name), "--quiet");
  if (exit !== 0) throw new Error(`${commit} ${name}: exit ${exit}`);
  writeRecord(name, JSON.parse(readFileSync(fileOf(name), "utf8")));
}

for (const [name, { args, backend, stopAfter = Infinity, fused }] of Object.entries(runs.byHand)) {
  const { spec: preset } = await old.readSpec(args[1], () => {});
  const settings = args.slice(2).filter((arg) => arg !== "--set");
  const spec = old.applySettings(preset, [...settings, `compute.backend=${backend}`]);
  let done = 0;
  const control = {
    gate: () => Promise.resolve(),
    trainGate: () => Promise.resolve(void done++), // asked before each step, and once after the last
    get stopped() {
      return done > stopAfter;
    },
    paused: false,
  };
  const ports = await old.createNodePorts(undefined, fused);
  for await (const event of old.runExperiment(spec, ports, control, () => {}))
    if (event.type === "finished") writeRecord(name, event.record);
}

const said = { commit, records: {}, links: {} };
for (const name of [...Object.keys(runs.lab), ...Object.keys(runs.byHand)]) {
  const record = old.parseRunRecord(JSON.parse(readFileSync(fileOf(name), "utf8")), name);
  said.records[name] = { digest: old.digestOf(record), replay: lab("replay", fileOf(name), "--quiet") };

  const { final, digest, environment, spec } = record;
  const { map, rankDistance } = final;
  if (name === "eval" || map.cross === null) continue; // nothing that a link could promise
  const expected = { digest: digest.slice(0, 16), backend: environment.backend, map, rankDistance };
  const link = old.encodeLink(spec, old.findPreset("hybrid"), { expected });
  const decoded = decodedJson(old.decodeLink(link));
  said.links[name] = { link, decoded, replay: lab("replay", `#${link}`, "--quiet") };
}
for (const preset of old.PRESETS) {
  const link = old.encodeLink(preset.spec, preset);
  said.links[`preset ${preset.name}`] = { link, decoded: decodedJson(old.decodeLink(link)) };
}
writeFileSync(fileOf("said"), jsonLines(said, 4));
process.exit(); // Dawn keeps Node's loop alive
