// A repository is fetched once, whatever the server does; what is kept is used, and only while it is the same.
import { appendFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDiskShelf } from "../../cli/files/nodeShelf.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { tinyFolder, TINY_XLM_R, type FolderFiles } from "../../testing/checkpoints/checkpointFolder.ts";
import { startHubServer, type Behaviour, type HubServer } from "../../testing/checkpoints/hubServer.ts";
import { loadWeights } from "../pretrained/loadWeights.ts";
import { openCheckpoint } from "../pretrained/openCheckpoint.ts";
import { makeRoom, type DownloadShelf } from "./downloadShelf.ts";
import { hubPlace } from "./hubPlace.ts";

const WEIGHTS = "model.safetensors";
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const folder = tinyFolder(TINY_XLM_R);
const size = (folder[WEIGHTS] as Uint8Array).length;

let home: string;
let hub: HubServer; // of the test that runs
beforeEach(async () => void (home = await mkdtemp(path.join(tmpdir(), "lab-shelf-"))));
afterEach(async () => {
  await hub?.close();
  await rm(home, { recursive: true, force: true });
});
const serve = async (behaviour: Behaviour = {}, files: FolderFiles = folder) =>
  void (hub = await startHubServer(files, behaviour));

/** As in a new process: a new shelf over the same folder. @returns with the requests it took */
async function load({ revision = "main", limit = undefined as number | undefined } = {}) {
  const before = hub.asked.length;
  const shelf = createDiskShelf(home, limit);
  const place = hubPlace({ hub: hub.url, shelf: Promise.resolve(shelf), backOffMs: 1, attempts: 3 });
  const { files, hints } = place("owner/name", revision);
  const opened = await openCheckpoint(files, hints);
  const fetched: [number, number][] = [];
  const ids = Int32Array.of(0, 9, 24);
  const loaded = await loadWeights(
    opened,
    DEFAULT_SPEC.encoder,
    ids,
    () => undefined,
    (...n) => fetched.push(n),
  );
  return { loaded, fetched, asked: hub.asked.slice(before), shelf };
}
/** Requests for weights; a header is looked at, and the connection ended. */
const ofWeights = (asked: readonly string[]) => asked.filter((line) => line.startsWith(WEIGHTS));

describe("a repository of the hub", () => {
  it("is downloaded once: the second run only asks whether it is the same", async () => {
    await serve();
    const first = await load();
    expect(first.fetched.at(-1)).toEqual([size, size]);
    const second = await load();
    expect(second.fetched).toEqual([]);
    expect(second.loaded).toEqual(first.loaded);
    const [kept] = await second.shelf.list();
    expect(kept).toMatchObject({ id: "hf:owner/name" });
    expect(kept!.bytes).toBeGreaterThan(size);
  });

  it("is read without a network once it is here, and asked for nothing at a commit", async () => {
    await serve();
    const first = await load({ revision: COMMIT });
    const second = await load({ revision: COMMIT });
    expect(second.asked).toEqual([]);
    expect(second.loaded).toEqual(first.loaded);
    const main = await load();
    await hub.close();
    expect((await load()).loaded).toEqual(main.loaded);
    await expect(load({ revision: "v1" })).rejects.toThrow(
      "hf:owner/name/modules.json could not be downloaded",
    );
  });

  it("is fetched anew when it has changed on the server", async () => {
    await serve();
    const first = await load();
    hub.behaviour = { etag: () => '"2"' };
    const second = await load();
    expect(second.fetched.at(-1)).toEqual([size, size]);
    expect(second.loaded).toEqual(first.loaded);
    expect((await load()).fetched).toEqual([]);
  });

  it("goes on where an earlier process was cut off", async () => {
    const third = Math.ceil(size / 3);
    await serve({
      status: (asked) => (asked > 3 ? 403 : undefined),
      cutAfter: (asked) => (asked === 3 ? third : Infinity),
    });
    await expect(load()).rejects.toThrow(/model\.safetensors could not be downloaded: .*403/);
    hub.behaviour = {};
    const { asked, loaded } = await load();
    const [header, same, rest, ...more] = ofWeights(asked);
    expect([header, same, more]).toEqual([WEIGHTS, WEIGHTS, []]);
    const from = Number(/ bytes=(\d+)-$/.exec(rest!)![1]); // what had arrived when the connection broke
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(third);
    hub.behaviour = { etag: () => '"2"' };
    expect((await load()).loaded).toEqual(loaded);
  });

  it.each<[string, Behaviour]>([
    ["knows no ranges", { ranges: false, cutAfter: (asked) => (asked === 3 ? 3000 : Infinity) }],
    ["breaks off time and again", { cutAfter: () => Math.ceil(size / 3) }],
    ["is busy", { status: (asked) => [undefined, undefined, 503, 429][asked - 1] }],
    ["tells no version", { headers: { etag: "" } }],
  ])("comes whole from a server that %s", async (_, behaviour) => {
    await serve();
    const { loaded } = await load();
    await hub.close();
    await rm(home, { recursive: true });
    await serve(behaviour);
    expect((await load()).loaded).toEqual(loaded);
  });

  it.each<[string, Behaviour, RegExp]>([
    ["is gone", { status: (asked) => (asked > 2 ? 404 : undefined) }, /the server answered 404/],
    ["is busy for good", { status: (asked) => (asked > 2 ? 429 : undefined) }, /answered 429 .*\(3 tries\)/],
  ])("says what happened when it %s while it is fetched", async (_, behaviour, message) => {
    await serve(behaviour);
    await expect(load()).rejects.toThrow(message);
    expect((await readdir(path.join(home, "hf%3Aowner%2Fname"))).some((name) => name === WEIGHTS)).toBe(
      false,
    );
  });

  it("is refused by name where what is kept was damaged or cut", async () => {
    await serve();
    const first = await load();
    const file = path.join(home, "hf%3Aowner%2Fname", WEIGHTS);
    const bytes = (folder[WEIGHTS] as Uint8Array<ArrayBuffer>).slice();
    bytes[size - 1]! ^= 1;
    await writeFile(file, bytes);
    await expect(load()).rejects.toThrow(
      "hf:owner/name/model.safetensors is not what was downloaded: it was damaged where it is kept; remove that download",
    );
    await appendFile(file, "x"); // of another size: not even tried
    expect((await load()).loaded).toEqual(first.loaded);
  });

  it("that is larger than the shelf is read as it comes", async () => {
    await serve();
    const { fetched, shelf } = await load({ limit: size - 1 });
    expect(fetched).toEqual([]);
    expect((await shelf.list())[0]!.bytes).toBeLessThan(size);
  });
});

it("makes room by removing what was not used for longest", async () => {
  const held = new Map([
    ["a", 40],
    ["b", 30],
    ["c", 20],
  ]);
  const shelf = {
    limitBytes: 100,
    list: () => Promise.resolve([...held].map(([id, bytes]) => ({ id, bytes, usedMs: 0 }))),
    remove: (id: string) => Promise.resolve(void held.delete(id)),
  } as Partial<DownloadShelf> as DownloadShelf; // no files are touched
  expect(await makeRoom(shelf, "new", 101)).toBe(false);
  expect(await makeRoom(shelf, "b", 35)).toBe(true); // 35 + 40 + 20, b itself not counted
  expect([...held.keys()]).toEqual(["a", "b", "c"]);
  expect(await makeRoom(shelf, "new", 50)).toBe(true); // 50 + 40 fit, b and c do not
  expect([...held.keys()]).toEqual(["a"]);
});
