// Runs of the command line that are killed, left with Ctrl+C and gone on with: real processes, real files.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { recordJson } from "../core/export/recordJson.ts";
import { digestOf } from "../core/record/digest.ts";
import { asOfAge } from "../core/record/recordAge.ts";
import { expectedResult } from "../core/record/expectedResult.ts";
import type { RunControl } from "../core/run/control.ts";
import { encodeLink } from "../core/spec/link.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import { killAndResume, labProcess } from "../testing/killedRuns.ts";
import { buildEmbedded } from "./buildEmbedded.ts";
import { executeRun, executeWith } from "./executeRun.ts";
import { createFolderSnapshots } from "./nodeSnapshots.ts";
import { applySettings, readSpec } from "./specSource.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
}, 120_000);
afterAll(() => rm(dir, { recursive: true }));

/** Three languages, one layer, 40 steps of some 20 ms. */
const SMALL = [
  "languages.train=en,de",
  "languages.heldOut=none",
  "encoder.id=random",
  "encoder.layers=1",
  "encoder.width=32",
  "batch.size=32",
  "steps=40",
  "evalEvery=15",
  "data.liveQueries=50",
  "compute.backend=wasm",
].flatMap((setting) => ["--set", setting]);
const RUN = ["run", "preset:hybrid", ...SMALL];

const file = (name: string) => path.join(dir, name);
const recordOf = async (name: string) => JSON.parse(await readFile(file(name), "utf8")) as RunRecord;

describe("lab run", () => {
  let digest = "";
  beforeAll(async () => {
    expect(await callLab(...RUN, "--out", file("whole.json"), "--quiet")).toMatchObject({ code: 0 });
    digest = (await recordOf("whole.json")).digest;
  }, 60_000);

  it("killed at three random moments and resumed ends with the undisturbed digest", async () => {
    const seed = Date.now();
    const long = [...RUN, "--set", "steps=240", "--quiet"]; // a fast machine ends 40 before it can be killed
    expect(await callLab(...long, "--out", file("long.json"))).toMatchObject({ code: 0 });
    const { digest: whole } = await recordOf("long.json");
    const args = [...long, "--checkpoint-every", "5", "--out", "a.json"];
    const kill = { cwd: dir, out: "a.json", kills: 3, seed, withinMs: 60 };
    const { ended, killedAfter } = await killAndResume(args, kill);
    expect(ended, `seed ${seed}, killed after ${killedAfter.join(", ")}`).toMatchObject({ code: 0 });
    expect((await recordOf("a.json")).digest, `seed ${seed}`).toBe(whole);
    expect(await readdir(dir)).not.toContain("a.json.snapshots"); // swept with the record written
    const again = await callLab("run", "--resume", file("a.json"), "--quiet");
    expect(again.err).toContain("the run has ended; nothing is left to do");
    expect(again.out).toContain(whole);
  }, 120_000);

  it("ended, and killed while its snapshots were swept, is ended, and leaves none", async () => {
    const left = file("swept.json.snapshots");
    expect(await callLab(...RUN, "--quiet", "--out", file("swept.json"))).toMatchObject({ code: 0 });
    await mkdir(path.join(left, "step-35"), { recursive: true }); // its file is gone, itself not yet
    expect((await callLab("run", "--resume", file("swept.json"), "--quiet")).err).toContain(
      "the run has ended",
    );
    expect(await readdir(dir)).not.toContain("swept.json.snapshots");
  });

  it("left with Ctrl+C says by which command it goes on, and that command ends it", async () => {
    const args = [...RUN, "--checkpoint-every", "100s", "--out", "b c.json"];
    let isAsked = false;
    const left = await labProcess(args, dir, (kill, err) => {
      if (!isAsked && err.includes("step    15")) kill("SIGINT");
      isAsked ||= err.includes("step    15");
    });
    expect(left.code, left.err).toBe(130);
    const [, step, command] = /left after step (\d+) of 40; go on with: npm run lab -- (.*)/.exec(left.err)!;
    expect(command).toBe("run --resume 'b c.json' --checkpoint-every 100s");
    expect(await readdir(file("b c.json.snapshots"))).toEqual([`step-${step}`]);
    const ended = await callLab("run", "--resume", file("b c.json"), "--checkpoint-every", "100s", "--quiet");
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect((await recordOf("b c.json")).digest).toBe(digest);
  }, 60_000);

  it("passes over a damaged snapshot, and refuses one that is another run's", async () => {
    const begun = file("d.json.snapshots");
    await snapshotsAt("d.json", 10, 20);
    const newest = path.join(begun, "step-20", "snapshot.safetensors");
    const bytes = await readFile(newest);
    await writeFile(newest, bytes.subarray(0, bytes.length / 2)); // half-written
    const other = await callLab(...RUN, "--set", "seed=2", "--resume", begun, "--quiet");
    expect(other).toMatchObject({ code: 2 });
    expect(other.err).toContain(`the snapshot in ${begun} is of another run: its seed is 1, not 2`);

    const ended = await callLab("run", "--resume", newest); // of the damaged one's own name
    expect(ended.code).toBe(0);
    expect(ended.err).toMatch(/step 20: its tensors take .*; the one of step 10 is tried/);
    expect((await recordOf("d.json")).digest).toBe(digest);

    await snapshotsAt("e.json", 10);
    const only = path.join(file("e.json.snapshots"), "step-10", "snapshot.safetensors");
    await writeFile(only, bytes.toString("latin1").replace("snapshot@1", "snapshot@7"), "latin1");
    const newer = await callLab("run", "--resume", file("e.json"), "--quiet");
    expect(newer).toMatchObject({ code: 2 });
    expect(newer.err).toContain("is of format hybrid-batch-lab/snapshot@7; this lab reads");
  }, 60_000);

  it("says that an earlier run's snapshots are there, and goes anew", async () => {
    await snapshotsAt("f.json", 10);
    const { code, err } = await callLab(...RUN, "--out", file("f.json"));
    expect(code).toBe(0);
    expect(err).toContain("f.json.snapshots has a snapshot of step 10 of an earlier run");
    expect((await recordOf("f.json")).digest).toBe(digest);
  }, 60_000);

  it("stopped before its end makes a record and a link that replay just its steps", async () => {
    const { spec } = await readSpec("preset:hybrid", () => undefined);
    const settings = SMALL.filter((word) => word !== "--set");
    const options = { training: true, quiet: true, stopAt: 23 };
    const { record, resources } = await executeRun(applySettings(spec, settings), options);
    resources.model.dispose();
    expect(record.stoppedAt).toBe(23);
    await writeFile(file("stopped.json"), recordJson(record));
    const replayed = await callLab("replay", file("stopped.json"), "--quiet");
    expect(replayed).toMatchObject({ code: 0, out: `repeated\tdigest ${record.digest}` });
    const link = encodeLink(record.spec, DEFAULT_PRESET, { expected: expectedResult(record)!, stopAt: 23 });
    expect(link).toContain("&stop=23&");
    expect((await callLab("replay", link, "--quiet")).out).toMatch(/^Every number is the same/);
    // A lab that did not write where it was stopped left the step to its last point.
    const { format: _, ...rest } = asOfAge(record, 2);
    const old: RunRecord = { ...rest, digest: digestOf(rest) };
    await writeFile(file("old.json"), recordJson(old));
    const again = await callLab("replay", file("old.json"), "--quiet");
    expect(again).toMatchObject({ code: 0, out: `repeated\tdigest ${old.digest}` });
  }, 60_000);

  it.each([
    [["run", "preset:mono", "--checkpoint-every", "5"], "--checkpoint-every needs --out"],
    [
      ["run", "preset:mono", "--checkpoint-every", "5m", "--out", "x"],
      '--checkpoint-every must be a number of steps, such as 50, or of seconds, such as 30s, got "5m"',
    ],
    [
      ["run", "--resume", "nowhere.json"],
      "--resume nowhere.json: there is no snapshot in nowhere.json.snapshots yet; name the spec too",
    ],
    [["run", "--resume", "nowhere.json", "--set", "steps=3"], "--set and --backend change a run"],
    [["run", "--resume", "src"], "--resume src: say with --out where the record goes"],
    [["run", "preset:mono", "--resume", "package.json"], "package.json: name is not a field"],
  ])("%j is told in one line", async (args, message) => {
    const { code, err } = await callLab(...args, "--quiet");
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.split("\n")).toHaveLength(1);
  });

  /** Snapshots of the run that RUN names, after these steps. */
  async function snapshotsAt(name: string, ...steps: number[]) {
    const { spec } = await readSpec("preset:hybrid", () => undefined);
    const settings = SMALL.filter((word) => word !== "--set");
    const snapshots = createFolderSnapshots(`${file(name)}.snapshots`);
    let passed = -1;
    const control: RunControl = {
      gate: () => Promise.resolve(),
      trainGate: () => Promise.resolve(void passed++),
      stopped: false,
      paused: false,
      get suspended() {
        return passed === steps.at(-1);
      },
    };
    const options = { training: true, quiet: true, snapshots, checkpointEvery: { steps: 10 } };
    const left = await executeWith(control, applySettings(spec, settings), options);
    expect(left).toEqual({ step: steps.at(-1), kept: true });
    expect([...(await snapshots.list())].sort()).toEqual(steps);
  }
});
