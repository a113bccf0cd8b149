// A server in the hub's URL shape: redirects, cuts, no ranges, refusals. What arrives is the file or one sentence.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { tinyFolder, TINY_XLM_R, type FolderFiles } from "../../testing/checkpoints/checkpointFolder.ts";
import { startHubServer, type Behaviour, type HubServer } from "../../testing/checkpoints/hubServer.ts";
import { hubFiles, httpFiles } from "./httpFiles.ts";
import { loadWeights } from "./loadWeights.ts";
import { openCheckpoint } from "./openCheckpoint.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";

const servers: HubServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Of a server of a test's own, closed after it. */
async function address(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections()));
  servers.push({ close } as HubServer);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function startHub(files: FolderFiles, behaviour: Behaviour = {}) {
  const server = await startHubServer(files, behaviour);
  servers.push(server);
  const { url: hub, asked } = server;
  return { files: hubFiles("owner/name", "main", { hub, backOffMs: 1, attempts: 3 }), asked };
}

async function load({ files }: { files: ReturnType<typeof hubFiles> }) {
  const opened = await openCheckpoint(files);
  return loadWeights(opened, DEFAULT_SPEC.encoder, Int32Array.of(0, 9, 24), () => undefined);
}

const folder = tinyFolder(TINY_XLM_R);
const size = (folder["model.safetensors"] as Uint8Array).length;

describe("a checkpoint of the hub", () => {
  it("is read through its redirects", async () => {
    const whole = await load(await startHub(folder));
    expect(whole.weights.config).toMatchObject({ vocabSize: 3, layers: 2 });
    expect(whole.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("goes on where a connection was cut, or skips what it has if the server knows no ranges", async () => {
    const whole = await load(await startHub(folder));
    const cutAfter = Math.ceil(size / 3);
    const hub = await startHub(folder, { cutAfter: () => cutAfter });
    expect(await load(hub)).toEqual(whole);
    expect(hub.asked).toContain(`model.safetensors bytes=${cutAfter}-`);
    // a server that always starts anew, and gets a little further each time
    const growing = await startHub(folder, { ranges: false, cutAfter: (asked) => asked * cutAfter });
    expect(await load(growing)).toEqual(whole);
  });

  it("is tried again after 503 and 429, and given up after so many tries in a row", async () => {
    const busy = await startHub(folder, {
      status: (asked) => (asked < 3 ? [503, 429][asked - 1] : undefined),
    });
    await expect(load(busy)).resolves.toBeDefined();
    const down = await startHub(folder, { status: () => 503 });
    await expect(load(down)).rejects.toThrow(
      "hf:owner/name/model.safetensors could not be downloaded: the server answered 503",
    );
  });

  it.each<[string, Behaviour, string]>([
    [
      "is private",
      { status: () => 401 },
      "the server answered 401 Unauthorized; the repository is private, gated or not there",
    ],
    [
      "changes on the way",
      { cutAfter: () => 3000, etag: (asked) => `"${asked}"` },
      "was changed while it was downloaded; try again",
    ],
  ])("that %s is refused", async (_, behaviour, message) => {
    await expect(load(await startHub(folder, behaviour))).rejects.toThrow(message);
  });

  it("whose server falls silent, at once or in the middle, is given up with a sentence", async () => {
    const silent = createServer((request, response) => {
      if (request.url!.endsWith("b")) response.writeHead(200, { "content-length": "9" }).write("abc");
    });
    const told: string[] = [];
    const base = await address(silent);
    const files = httpFiles(base, "a folder", {
      silenceMs: 60,
      backOffMs: 1,
      attempts: 3,
      onTrouble: (sentence) => told.push(sentence),
    });
    const said = (reached: string) =>
      `a folder/${reached} could not be downloaded: it sent nothing for 0.06 s (3 tries in a row)`;
    await expect(files.read("a", 100)).rejects.toThrow(said("a"));
    expect(told).toEqual([
      "a folder/a: it sent nothing for 0.06 s; asked again, try 2 of 3",
      "a folder/a: it sent nothing for 0.06 s; asked again, try 3 of 3",
    ]);
    await expect(files.read("b", 100)).rejects.toThrow(said("b"));
  });

  it("is left at once by a reader that wants no more, waiting for a byte or for the next try", async () => {
    const broken = createServer((request, response) => {
      response.writeHead(200, { "content-length": "9" });
      response.write("abc", () => request.url!.endsWith("cut") && setTimeout(() => response.destroy(), 20));
    });
    const base = await address(broken);
    const files = httpFiles(base, "a folder", { backOffMs: 3_600_000 }); // an hour, were it not heard
    for (const name of ["stalled", "cut"]) {
      const reader = (await files.open(name))!.stream.getReader();
      expect((await reader.read()).value).toHaveLength(3);
      const next = reader.read();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await reader.cancel(new Error("the run was ended"));
      expect((await next).done).toBe(true);
    }
  });

  it("ends with its caller's reason, also while it waits for another try", async () => {
    const down = createServer((_, response) => void response.writeHead(503).end());
    const ended = new AbortController();
    const files = httpFiles(await address(down), "a folder", { backOffMs: 3_600_000, signal: ended.signal });
    const reading = files.read("a", 100);
    setTimeout(() => ended.abort(new Error("the run was ended")), 50);
    await expect(reading).rejects.toThrow("the run was ended");
  });

  it("that is not there, or has no config, is told so", async () => {
    await expect(load(await startHub({}))).rejects.toThrow(
      "hf:owner/name has no config.json: it is no checkpoint the lab can read",
    );
  });
});
