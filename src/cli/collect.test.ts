// Runs gathered from studies' zips and compact files, beside folders: joined, counted, or told by name.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordJson } from "../core/export/recordJson.ts";
import { digestOf } from "../core/record/digest.ts";
import { parseRunRecord } from "../core/record/parseRunRecord.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { archiveTexts, handArchive, zipOf } from "../testing/handMadeArchive.ts";
import { callLab } from "../testing/labCall.ts";

let dir = "";
const at = (...names: string[]) => path.join(dir, ...names);
const text = (...names: string[]) => readFile(at(...names), "utf8");
const gather = (out: string, ...places: string[]) =>
  callLab("sweep", "--out", at(out), "--collect", ...places.map((name) => at(name)));
const report = async (from: string, to: string, name: string) => {
  if (to === "zip") return callLab("report", at(from), "--to", to, "--out", at(name));
  const made = await callLab("report", at(from), "--to", to);
  await writeFile(at(name), made.out);
  return made;
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-collect-"));
  for (const [name, content] of Object.entries(await archiveTexts(handArchive()))) {
    if (name !== "study.json" && !/^(runs|queries)\//.test(name)) continue;
    await mkdir(path.dirname(at("whole", name)), { recursive: true });
    await writeFile(at("whole", name), content);
  }
  // Two seeds of two cells, one seed on each of two machines.
  for (const seed of [1, 2]) {
    await cp(at("whole"), at(`seed${seed}`), { recursive: true });
    for (const cell of ["cross", "mono-20"]) await rm(at(`seed${seed}`, "runs", `${cell}.${3 - seed}.json`));
    expect((await report(`seed${seed}`, "zip", `seed${seed}.zip`)).code).toBe(0);
    expect((await report(`seed${seed}`, "results", `seed${seed}.json`)).code).toBe(0);
  }
});
afterAll(() => rm(dir, { recursive: true }));

/** A folder of the first seed in which one record is another one that fits itself. */
async function altered(name: string, run: string, change: (record: RunRecord) => Partial<RunRecord>) {
  await cp(at("seed1"), at(name), { recursive: true });
  const record = parseRunRecord(JSON.parse(await text(name, "runs", `${run}.json`)), run);
  const other = { ...record, ...change(record) };
  await writeFile(at(name, "runs", `${run}.json`), recordJson({ ...other, digest: digestOf(other) }));
}

describe("zips", () => {
  it("are joined to the folder that their folders would have made, values of questions too", async () => {
    expect((await gather("folders", "seed1", "seed2")).out).toMatch(/^joined\t4 records from /);
    const { out } = await gather("zips", "seed1.zip", "seed2.zip");
    expect(out).toContain(`joined\t4 records from ${at("seed1.zip")}, ${at("seed2.zip")}\nruns\t4 of 6\n`);
    expect(await text("zips", "summary.json")).toBe(await text("folders", "summary.json"));
    expect(await readdir(at("zips", "runs"))).toEqual(await readdir(at("folders", "runs")));
    expect((await callLab("report", at("zips"))).out).toBe((await callLab("report", at("folders"))).out);
    // Again they bring nothing, and so do folders of them.
    expect((await gather("zips", "seed1.zip", "seed2")).out).toContain("joined\t0 records");
    await mkdir(at("shelf", "deep"), { recursive: true });
    await cp(at("seed1.zip"), at("shelf", "a.zip"));
    await cp(at("seed2.zip"), at("shelf", "deep", "b.zip"));
    expect((await gather("shelved", "shelf")).out).toContain("joined\t4 records");
  });

  it("of another study, device, version or with other numbers are told by name", async () => {
    const other = (await text("seed2", "study.json")).replace('"learningRate": 0.003', '"learningRate": 0.5');
    await cp(at("seed2"), at("stranger"), { recursive: true });
    await rm(at("stranger", "runs"), { recursive: true });
    await writeFile(at("stranger", "study.json"), other);
    for (const place of ["stranger", "whole"]) await report(place, "results", `${place}.results.json`);
    for (const [name, change] of Object.entries({
      device: ({ environment }: RunRecord) => ({ environment: { ...environment, adapter: "another adapter" } }),
      version: ({ environment }: RunRecord) => ({ environment: { ...environment, versions: { lab: "9.9.9" } } }),
      numbers: ({ realised }: RunRecord) => ({ realised: { ...realised, cross: 19 } }),
      dataset: ({ environment }: RunRecord) => ({
        environment: { ...environment, dataSha256: { "cldr-emoji": "0".repeat(64) } },
      }),
    })) {
      await altered(name, "mono-20.1", change);
      await report(name, "zip", `${name}.zip`);
      await report(name, "results", `${name}.results.json`);
    }
    for (const end of [".zip", ".results.json"]) {
      const said = async (name: string, first: string) => (await gather(`${name}${end}.out`, first, name + end)).err;
      expect(await said("device", "seed2.zip")).toMatch(/device\.\S+: mono-20\.1 was made by .*another adapter.*; others by /);
      expect(await said("version", "seed2.zip")).toMatch(/version\.\S+: mono-20\.1 was made by .*lab 9\.9\.9; others by /);
      expect(await said("numbers", "seed1.zip")).toContain(`${at("numbers")}${end}: mono-20.1 has other numbers than the one that is here; left out`);
      expect(await said("dataset", "seed2.zip")).toContain(`${at("dataset")}${end}: mono-20.1 is of another dataset than the records before it; left out`);
    }
    const refused = await gather("refused", "seed1.zip", "stranger.results.json");
    expect([refused.code, refused.err]).toEqual([
      2,
      `--collect ${at("stranger.results.json")}: is of another study ("How much mono", not "How much mono", or its cells train something else)`,
    ]);
  }); // prettier-ignore

  it("that are hostile, damaged or no study's bring nothing; what the folder has stays", async () => {
    expect((await gather("safe", "seed1.zip")).code).toBe(1);
    const kept = await text("safe", "summary.json");
    const texts = await archiveTexts(handArchive());
    const run = Object.keys(texts).find((name) => name.startsWith("runs/"))!;
    const bad: Record<string, readonly [entries: readonly (readonly [string, string])[], why: string]> = {
      "leads.zip": [[...Object.entries(texts), ["../../evil.json", "{}"]], "leads out of the archive"],
      "bomb.zip": [Object.entries({ ...texts, "results.json": "0".repeat(80 * 2 ** 20) }), "expands to more than 64 MiB"],
      "altered.zip": [Object.entries({ ...texts, [run]: `${texts[run]!} ` }), "was altered since the zip was saved"],
      "none.zip": [[["readme.txt", "hello"]], "is no study’s zip: it has no study.json"],
    };
    for (const [name, [entries, why]] of Object.entries(bad)) {
      const file = await zipOf(entries.map(([at, content]): [string, string] => [at, content]));
      await writeFile(at(name), await file.bytes(0, file.size));
      const refused = await gather("safe", name);
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(why)]);
      expect(refused.err.split("\n")).toHaveLength(1);
    }
    await writeFile(at("cut.zip"), (await readFile(at("seed2.zip"))).subarray(0, 4000));
    expect((await gather("safe", "cut.zip")).err).toContain("cut.zip: is not a whole zip file");
    expect(await text("safe", "summary.json")).toBe(kept);
    // In a folder of many they are told and the rest is joined.
    await mkdir(at("many"));
    for (const name of ["none.zip", "cut.zip", "seed2.zip"]) await cp(at(name), at("many", name));
    const joined = await gather("safe", "many");
    expect(joined.out).toContain("joined\t2 records");
    expect(joined.err).toMatch(/cut\.zip: is not a whole zip file.*; left out\n.*none\.zip: is no study’s zip.*; left out/);
  }, 60_000); // prettier-ignore
});

describe("compact files", () => {
  it("count without records, go when those come, and are not trained again", async () => {
    const { out } = await gather("brief", "seed1.json", "seed2.zip");
    expect(out).toContain("joined\t2 records and the results alone of 2 runs from ");
    expect(out).toContain("runs\t4 of 6");
    expect(await readdir(at("brief", "runs"))).toEqual(["cross.2.json", "mono-20.2.json"]);
    const card = await callLab("report", at("brief"), "--to", "csv");
    expect(card.out).toMatch(/^map\/cross,cross,[^,]*,1,0\.\d/m);
    const point = await callLab("replay", at("brief"), "--run", "cross.9");
    expect(point.err).toContain("has no result of cross.9; it has cross.1, ");
    // Not all have a record, so the zip has none, and opens.
    expect((await report("brief", "zip", "brief.zip")).code).toBe(0);
    expect((await callLab("report", at("brief.zip"))).out).toBe((await callLab("report", at("brief"))).out);
    expect((await gather("again", "brief.zip")).out).toContain(
      "joined\t0 records and the results alone of 4 runs",
    );
    expect((await gather("again", "brief")).out).toContain("joined\t2 records from"); // those that have one
    expect((await gather("brief", "seed1.zip")).out).toContain("joined\t2 records from");
    expect(await readdir(at("brief"))).not.toContain("collected.json");
    expect(await text("brief", "summary.json")).toBe(await text("folders", "summary.json"));
  });

  it("that no longer read are refused by name", async () => {
    await writeFile(at("hurt.json"), (await text("seed1.json")).replace('"device":0', '"device":-1'));
    const refused = await gather("no", "hurt.json");
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`${at("hurt.json")}: runs.`)]);
    await writeFile(at("torn.json"), (await text("seed1.json")).slice(0, 500));
    expect((await gather("no", "torn.json")).err).toContain("torn.json: is not JSON");
    expect((await gather("no", "nowhere.json")).err).toContain("has no study and no record of a run");
  });
});
