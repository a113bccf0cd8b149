// Both workers in one process, joined as in the page: import, feed, train, pause, search, stop.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { BlobReader, Uint8ArrayWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import { afterEach, describe, expect, it } from "vitest";
import { parseQrels } from "../core/trec/parseQrels.ts";
import { parseRun } from "../core/trec/parseRun.ts";
import { trecMeasures } from "../core/trec/trecMeasures.ts";
import { sha256Hex } from "../training/data/shardSource.ts";
import { channel, closeChannels, connect, languages, spec } from "../testing/joinedWorkers.ts";
import { PROTOCOL_VERSION } from "./protocol.ts";

afterEach(closeChannels);

describe("the two workers", () => {
  it("refuse a page that another build left in the tab", async () => {
    const { trainer, data } = await connect();
    const { port1, port2 } = channel();
    const hello = { version: "another", base: "/", hub: "https://hub.example" };
    const refusal = `the page speaks version another, this worker ${PROTOCOL_VERSION}; reload the page`;
    await expect(trainer.request("connect", { ...hello, data: port1 }, [port1])).rejects.toThrow(refusal);
    await expect(data.request("connect", { ...hello, trainer: port2 }, [port2])).rejects.toThrow(refusal);
  });

  it("say of a plan what it lacks before it is trained", async () => {
    const { data } = await connect();
    const ask = (own: typeof spec) => data.request("checkPlan", { spec: own });
    expect(await ask(spec)).toEqual({ notices: [] });
    const { languages: both, batch } = spec;
    const uneven = { ...spec, languages: { ...both, train: { de: 1, en: 3 } } };
    // en asks 3 of 4 rows, so it answers 1 of 4
    expect((await ask(uneven)).notices).toEqual([
      "Cross-lingual batches cannot give each language its share of passages: en about 25 % instead of 75 %",
    ]);
    // 24 of 32 concepts train, less the 6 of the dev part
    expect((await ask({ ...spec, batch: { ...batch, size: 25 } })).refusal).toMatch(
      /^batch\.size: \w+ batches in .* need 25 different concepts, small has 18 for them; choose at most 18/,
    );
    const missing = { ...spec, languages: { ...both, train: { de: 1, xx: 1 } } };
    expect(await ask(missing)).toEqual({ notices: [] }); // said beside the languages
    const starting = (own: typeof spec) => data.request("checkPlan", { spec: own, starting: true });
    expect((await starting(missing)).refusal).toBe(
      "languages.train: small has no xx; choose among its languages",
    );
    const asked = { ...spec, languages: { ...both, eval: ["de", "yy"] } };
    expect((await starting(asked)).refusal).toMatch(/^languages\.eval: small has no yy; /);
    expect(await starting(spec)).toEqual({ notices: [] });
    await expect(ask({ ...spec, data: { ...spec.data, train: "nope" } })).rejects.toThrow("nope");
  });

  it("train a run that the page can follow to its record", async () => {
    const { trainer, events, until } = await connect();
    await trainer.request("start", { runId: "a", spec, paused: false });
    const finished = await until((event) => event.type === "finished");
    if (finished.type !== "finished") throw new Error("unreachable");
    expect(finished.reason).toBe("completed");
    const sent = events.flatMap((event) => (event.type === "points" ? event.points : []));
    expect(sent).toEqual(finished.record.points); // gathered on the way, none lost
    const phases = new Set(
      events.flatMap((event) => (event.type === "progress" ? [event.progress.phase] : [])),
    );
    expect([...phases].sort()).toEqual(["compile", "download", "encode", "evaluate", "tokenise", "train"]);
    const batch = events.find((event) => event.type === "batch");
    if (batch?.type !== "batch") throw new Error("no batch was shown");
    expect(batch.batch.pairs.flat().reduce((a, b) => a + b, 0)).toBe(8);
    expect(batch.batch.rows[0]!.query.text).toMatch(/^t\d+$/);
  });

  it("train the same once more from what they hold: no shard is read, and every bit is the same", async () => {
    const { trainer, events, until } = await connect();
    const digestOf = async (runId: string, own = spec) => {
      await trainer.request("start", { runId, spec: own, paused: false });
      const end = await until(
        (event) =>
          event.type !== "benchmark" &&
          event.runId === runId &&
          (event.type === "finished" || event.type === "failed"),
      );
      if (end.type !== "finished") throw new Error(JSON.stringify(end));
      return end.record.digest;
    };
    const phasesOf = (runId: string) =>
      new Set(events.flatMap((e) => (e.type === "progress" && e.runId === runId ? [e.progress.phase] : [])));
    const first = await digestOf("a");
    expect(await digestOf("b")).toBe(first);
    expect([...phasesOf("b")].sort()).toEqual(["compile", "encode", "evaluate", "train"]);
    const longer = { ...spec, encoder: { ...spec.encoder, maxTokens: spec.encoder.maxTokens + 1 } };
    await digestOf("c", longer); // other tokens: the held corpus is let go
    expect(phasesOf("c")).toContain("tokenise");
    expect(await digestOf("d")).toBe(first);
    expect(phasesOf("d")).toContain("tokenise");
  });

  it("train on what a dataset is now, not on what it was in the last run", async () => {
    const { trainer, data, events, until } = await connect();
    await trainer.request("start", { runId: "a", spec, paused: false });
    await until((event) => event.type === "finished");
    await data.request("remove", { id: "small" });
    await trainer.request("start", { runId: "b", spec, paused: false });
    await until((event) => event.type === "failed");
    expect(events.at(-1)).toMatchObject({
      runId: "b",
      error: { message: expect.stringContaining("small") as string },
    });
  });

  it("pause, step once and stop", async () => {
    const { trainer, events, until } = await connect();
    const losses = () =>
      events.flatMap((e) => (e.type === "progress" && e.progress.phase === "train" ? [e.progress.done] : []));
    await trainer.request("start", { runId: "a", spec: { ...spec, evalEvery: 0 }, paused: true });
    await until((event) => event.type === "state" && event.state === "paused");
    await trainer.request("step", { runId: "a" });
    await until((event) => event.type === "progress" && event.progress.phase === "train");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(losses()).toEqual([1]);
    await trainer.request("stop", { runId: "a" });
    const finished = await until((event) => event.type === "finished");
    expect(finished).toMatchObject({ reason: "stopped" });
    expect(events.filter((e) => e.type === "finished")).toHaveLength(1);
  });

  it("search with the weights of the run, and say so when there are none", async () => {
    const { trainer, until } = await connect();
    await expect(trainer.request("search", { text: "t10", languages: [], k: 3 })).rejects.toThrow(
      "start a run first",
    );
    await trainer.request("start", { runId: "a", spec, paused: false });
    await until((event) => event.type === "finished");
    const answer = await trainer.request("search", { text: "t4 t28", languages: ["de"], k: 3 }); // concept 9 is of the dev part
    expect(answer.now[0]).toMatchObject({
      id: "de:9",
      lang: "de",
      rank: 1,
      concepts: ["c9"],
      text: "t4 t28",
    });
    expect(answer.step).toBe(20);
  });

  it("rank the evaluation to a depth, as the record's number says, once the run has ended", async () => {
    const { trainer, until } = await connect();
    const asked = { runId: "a", kind: "mono", language: "de", depth: 1000 } as const;
    await trainer.request("start", { runId: "a", spec, paused: true });
    await until((event) => event.type === "state" && event.state === "paused");
    await expect(trainer.request("rankings", asked)).rejects.toThrow("has not ended");
    await trainer.request("stop", { runId: "a" });
    const ended = await until((event) => event.type === "finished");
    if (ended.type !== "finished") throw new Error("ended otherwise");
    const files = await trainer.request("rankings", asked);
    const run = parseRun(await files.run.text(), "run");
    const { all } = trecMeasures(run, parseQrels(await files.qrels.text(), "qrels"), ["map", "ndcg_cut_10"]);
    const { values, queries } = ended.record.final.perLanguage["de"]!;
    expect(run.lists.size).toBe(queries);
    expect(all[0]).toBeCloseTo(values["map/mono"]!, 12);
    expect(all[1]).toBeCloseTo(values["ndcg@10/mono"]!, 12);
    const short = await trainer.request("rankings", { ...asked, kind: "multi", depth: 2 });
    expect((await short.run.text()).trimEnd().split("\n")).toHaveLength(2 * queries);
  });

  it("map the pool's concepts with the weights of the run", async () => {
    const { trainer, until } = await connect();
    await expect(trainer.request("map", { concepts: 3 })).rejects.toThrow("start a run first");
    await trainer.request("start", { runId: "a", spec, paused: false });
    await until((event) => event.type === "finished");
    const map = await trainer.request("map", { concepts: 3 });
    expect(map).toMatchObject({ runId: "a", step: 20, languages });
    expect(map.concepts).toHaveLength(3);
    expect(map.points).toHaveLength(6);
    for (const { concept, lang, text } of map.points) {
      const c = Number(map.concepts[concept]!.id.slice(1)); // of `records`: concept 7 in German is "t4 t24"
      expect(text).toBe(`t${4 + lang} t${10 + c * 2 + lang}`);
    }
  });

  it("pack the model of a run that has ended, and of no other", async () => {
    const { trainer, until } = await connect();
    const asked = { name: "A", folder: "a", link: "#v=1", dtype: "I8" as const, datasets: [] };
    await expect(trainer.request("exportModel", { runId: "a", ...asked })).rejects.toThrow("no longer in");
    await trainer.request("start", { runId: "a", spec, paused: true });
    await until((event) => event.type === "state" && event.state === "paused");
    await expect(trainer.request("exportModel", { runId: "a", ...asked })).rejects.toThrow("has not ended");
    await trainer.request("stop", { runId: "a" });
    await until((event) => event.type === "finished");
    const { zip, pieces, fullPieces } = await trainer.request("exportModel", { runId: "a", ...asked });
    expect([pieces, fullPieces]).toEqual([100, 100]);
    const start = new Uint8Array(await zip.slice(0, 4).arrayBuffer());
    expect(Array.from(start)).toEqual([0x50, 0x4b, 3, 4]); // a zip's first entry
  });

  it("pack a run as the project that the command line writes, trained or not", async () => {
    const { trainer } = await connect();
    const asked = { spec, folder: "a", command: "npm run lab -- export" };
    const zip = await trainer.request("exportProject", asked);
    const entries = (await new ZipReader(new BlobReader(zip)).getEntries()) as FileEntry[];
    const read = async (entry: FileEntry) =>
      [entry.filename, await entry.getData(new Uint8ArrayWriter())] as const;
    const files = new Map(await Promise.all(entries.map(read)));
    const text = (name: string) => new TextDecoder().decode(files.get(`a/${name}`));
    const own = path.resolve("src/core/project");
    const python = (await readdir(own, { recursive: true })).filter((name) => name.endsWith(".py"));
    expect(python).toContain("plan/deck.py");
    for (const name of python) expect(text(name), name).toBe(await readFile(path.join(own, name), "utf8"));
    const { files: hashes, spec: told } = JSON.parse(text("experiment.json")) as { files: Record<string, string>; spec: object }; // prettier-ignore
    expect(told).toEqual(spec);
    for (const [name, hash] of Object.entries(hashes))
      expect(sha256Hex(files.get(`a/${name}`)!), name).toBe(hash);
    const others = ["README.md", "experiment.json", "pyproject.toml", "run.sh", "slurm.sh", ...python];
    const starts = [...files.keys()].filter((name) => name.startsWith("a/start/"));
    expect([...files.keys()].sort()).toEqual(
      [...starts, ...[...others, ...Object.keys(hashes)].map((name) => `a/${name}`)].sort(),
    );
    const taught = { ...spec, loss: { ...spec.loss, distillation: "scores" as const } };
    await expect(trainer.request("exportProject", { ...asked, spec: taught })).rejects.toThrow(
      "no teacher yet",
    );
  });

  it("measure the device, but not beside a run, and tell how far they are", async () => {
    const { trainer, events, until } = await connect();
    await trainer.request("start", { runId: "a", spec: { ...spec, steps: 5000 }, paused: false });
    await until((event) => event.type === "state" && event.state === "running");
    await expect(trainer.request("benchmark", { backend: "auto" })).rejects.toThrow("a run is going on");
    await trainer.request("stop", { runId: "a" });
    const measured = trainer.request("benchmark", { backend: "auto" });
    measured.catch(() => undefined);
    await until((event) => event.type === "benchmark");
    await expect(trainer.request("benchmark", { backend: "auto" })).rejects.toThrow("going on already");
    await trainer.request("stopBenchmark", null);
    await expect(measured).rejects.toThrow("The measurement was stopped");
    expect(events).toContainEqual({
      type: "benchmark",
      done: 0,
      total: 7,
      label: "matrix product, 512 × 512 × 512",
    });
    await trainer.request("start", { runId: "b", spec, paused: false }); // the device is free again
    expect(await until((event) => event.type === "finished" && event.runId === "b")).toBeDefined();
  });

  it("report bad input of a run as the user's to mend, and take the next run", async () => {
    const { trainer, until } = await connect();
    const missing = { ...spec, data: { ...spec.data, train: "nowhere" } };
    await trainer.request("start", { runId: "a", spec: missing, paused: false });
    const failed = await until((event) => event.type === "failed");
    expect(failed).toMatchObject({ error: { kind: "input" } });
    if (failed.type === "failed") expect(failed.error.message).toContain('"nowhere" is not in this browser');
    await trainer.request("start", { runId: "b", spec, paused: false });
    expect(await until((event) => event.type === "finished")).toMatchObject({ runId: "b" });
  });

  it("let a fresh trainer take the place of one that is gone in the middle of a run", async () => {
    const { trainer, until, addTrainer } = await connect();
    await trainer.request("start", { runId: "a", spec: { ...spec, steps: 10_000 }, paused: false });
    await until((event) => event.type === "points");
    const next = await addTrainer();
    await next.trainer.request("start", { runId: "b", spec, paused: false });
    const finished = await next.until((event) => event.type === "finished" || event.type === "failed");
    expect(finished).toMatchObject({ type: "finished", reason: "completed" });
    const failed = await until((event) => event.type === "failed"); // its corpus was let go
    expect(failed).toMatchObject({
      error: { message: expect.stringContaining("start the run again") as string },
    });
  });

  it("replace a running run by the next", async () => {
    const { trainer, events, until } = await connect();
    await trainer.request("start", { runId: "a", spec: { ...spec, steps: 5000 }, paused: false });
    await until((event) => event.type === "state" && event.state === "running");
    await trainer.request("start", { runId: "b", spec, paused: false });
    await until((event) => event.type === "finished" && event.runId === "b");
    expect(
      events.some((event) => event.type === "finished" && event.runId === "a" && event.reason === "stopped"),
    ).toBe(true);
    await expect(trainer.request("pause", { runId: "a" })).rejects.toThrow("no longer in the trainer");
  });

  it("begin the last of several starts once the earlier ones have ended", async () => {
    const { trainer, events, until } = await connect();
    const long = { ...spec, steps: 5000 };
    await trainer.request("start", { runId: "a", spec: long, paused: false });
    await until((event) => event.type === "state" && event.state === "running");
    await Promise.all([
      trainer.request("start", { runId: "b", spec: long, paused: false }),
      trainer.request("start", { runId: "c", spec, paused: false }),
    ]);
    await until((event) => event.type === "finished" && event.runId === "c");
    const told = events.flatMap((event) =>
      event.type === "finished" || (event.type === "state" && event.state === "preparing")
        ? [`${event.runId} ${event.type}`]
        : [],
    );
    expect(told).toEqual(["a state", "a finished", "b state", "b finished", "c state", "c finished"]);
  });

  it("go on with a run after its trainer was lost, to the digest it would have had", async () => {
    const undisturbed = await connect();
    await undisturbed.trainer.request("start", { runId: "a", spec, paused: false });
    const whole = await undisturbed.until((event) => event.type === "finished");

    const cadence = { steps: 5 };
    const first = await connect();
    await first.trainer.request("start", { runId: "a", spec, paused: true, cadence });
    await first.until((event) => event.type === "state" && event.state === "paused");
    for (let step = 0; step < 12; step++) await first.trainer.request("step", { runId: "a" });
    await first.until((event) => event.type === "snapshot" && event.step === 10);
    const second = await first.addTrainer();
    expect(await second.trainer.request("listSnapshots", null)).toEqual([{ runId: "a", step: 10 }]);
    await second.trainer.request("start", { runId: "a", spec, paused: false, cadence, goOn: true });
    const ended = await second.until((event) => event.type === "finished");
    if (whole.type !== "finished" || ended.type !== "finished") throw new Error("ended otherwise");
    expect(ended.record.digest).toBe(whole.record.digest);
    const restored = second.events.find((event) => event.type === "restored");
    if (restored?.type !== "restored") throw new Error("no points came back");
    const later = second.events.flatMap((event) => (event.type === "points" ? event.points : []));
    expect([...restored.points, ...later]).toEqual(ended.record.points);
    const ask = { text: "t4 t16", languages: [], k: 3 };
    const [then, now] = [
      await undisturbed.trainer.request("search", ask),
      await second.trainer.request("search", ask),
    ];
    expect({ ...now, step: 20 }).toEqual(then); // also what the weights before training found

    await second.trainer.request("forgetSnapshots", { runIds: ["a"] });
    expect(await second.trainer.request("listSnapshots", null)).toEqual([]);
    await second.trainer.request("start", { runId: "a", spec, paused: false, cadence, goOn: true });
    const failed = await second.until((event) => event.type === "failed");
    expect(failed).toMatchObject({
      error: { kind: "input", message: expect.stringMatching(/^No snapshot/) as string },
    });
  });

  it("keep a snapshot when they are asked to, and none where none is wanted", async () => {
    const { trainer, events, until } = await connect();
    await trainer.request("start", {
      runId: "a",
      spec: { ...spec, steps: 5000 },
      paused: false,
      cadence: { seconds: 3600 },
    });
    await until((event) => event.type === "state" && event.state === "running");
    await trainer.request("keepSnapshot", { runId: "a" });
    await until((event) => event.type === "snapshot");
    await trainer.request("start", { runId: "b", spec, paused: true });
    await until((event) => event.type === "state" && event.state === "paused");
    await trainer.request("step", { runId: "b" });
    await trainer.request("keepSnapshot", { runId: "b" });
    await trainer.request("stop", { runId: "b" });
    expect(events.filter((event) => event.type === "snapshot").map(({ runId }) => runId)).toEqual(["a"]);
  });

  it("list and remove datasets, and refuse files that are none", async () => {
    const { data } = await connect();
    const { datasets, notes } = await data.request("list", null);
    expect(datasets.map(({ id, queries, passages }) => ({ id, queries, passages }))).toEqual([
      { id: "small", queries: 64, passages: 64 },
    ]);
    expect(notes[0]).toContain("cldr-emoji cannot be used"); // nothing serves it here: the others stay usable
    const file = new File(["{}"], "notes.txt");
    await expect(data.request("importFiles", { files: [{ path: file.name, file }] })).rejects.toThrow(
      "no complete dataset",
    );
    await data.request("remove", { id: "small" });
    expect((await data.request("list", null)).datasets).toEqual([]);
    await expect(data.request("remove", { id: "cldr-emoji" })).rejects.toThrow("comes with the page");
  });
});
