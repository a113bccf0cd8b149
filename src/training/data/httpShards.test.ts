// A local web server that misbehaves in the ways real ones do.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import type { Manifest } from "../../core/data/manifest.ts";
import { createHttpShards } from "./httpShards.ts";
import { readShard } from "./readShard.ts";
import { createMemoryStore, encodeManifest } from "./shardStore.ts";
import { collectBytes } from "./shardSource.ts";
import { writeShards } from "./writeShards.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, tries: number) => void;
const FAST = { backOffMs: 1, silenceMs: 150 };
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** Serves the paths in `answers`; counts requests per path. */
async function serve(answers: Record<string, Answer>) {
  const tries = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    tries.set(path, (tries.get(path) ?? 0) + 1);
    const answer = answers[path];
    if (answer) answer(request, response, tries.get(path)!);
    else response.writeHead(404).end("no such file");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tries };
}

async function toySet() {
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en"] };
  const record = { _id: "en:1", text: "a grey cat", lang: "en", concepts: ["c1"], split: "train" } as const;
  const manifest: Manifest = await writeShards(
    facts,
    [{ side: "passages", record }],
    await store.sink("toy"),
  );
  const shard = manifest.shards[0]!;
  const bytes = await collectBytes(await store.source("toy").open(shard), 1e6, () => new Error("never"));
  return { manifest, shard, bytes };
}

it("reads manifest and shard, with or without a slash at the end of the address", async () => {
  const { manifest, shard, bytes } = await toySet();
  const { url } = await serve({
    "/toy/manifest.json": (_, response) => response.end(encodeManifest(manifest)),
    [`/toy/${shard.path}`]: (_, response) => response.end(bytes),
  });
  for (const address of [`${url}/toy`, `${url}/toy/`]) {
    const source = createHttpShards(address, FAST);
    expect(await source.manifest()).toEqual(manifest);
    expect(await readShard(source, shard)).toEqual([{ id: "en:1", text: "a grey cat", concepts: ["c1"] }]);
  }
});

it("reads a shard that the server labels as gzip encoding, so that fetch expands it", async () => {
  const { shard } = await toySet();
  const line = '{"_id":"en:1","text":"a grey cat","lang":"en","concept":"c1"}\n';
  const { url } = await serve({
    [`/${shard.path}`]: (_, response) => {
      response.setHeader("Content-Encoding", "gzip");
      response.end(gzipSync(line));
    },
  });
  expect(await readShard(createHttpShards(url, FAST), shard)).toHaveLength(1);
});

it("names the address of a missing file and asks once", async () => {
  const { shard } = await toySet();
  const { url, tries } = await serve({});
  const source = createHttpShards(url, FAST);
  await expect(source.manifest()).rejects.toThrow(`${url}/manifest.json: the server answered 404 Not Found`);
  await expect(readShard(source, shard)).rejects.toThrow(`${url}/${shard.path}: the server answered 404`);
  expect([...tries.values()]).toEqual([1, 1]);
});

it("asks again after a 503 and after a cut body", async () => {
  const { shard, bytes } = await toySet();
  const { url, tries } = await serve({
    [`/${shard.path}`]: (_, response, n) => {
      if (n === 1) return void response.writeHead(503).end();
      if (n > 2) return void response.end(bytes);
      response.setHeader("Content-Length", bytes.byteLength);
      response.write(bytes.subarray(0, 20), () => response.destroy());
    },
  });
  expect(await readShard(createHttpShards(url, FAST), shard)).toHaveLength(1);
  expect(tries.get(`/${shard.path}`)).toBe(3);
});

it("gives up on a body that always ends early, and says where", async () => {
  const { shard, bytes } = await toySet();
  const { url } = await serve({ [`/${shard.path}`]: (_, response) => response.end(bytes.subarray(0, 20)) });
  const read = readShard(createHttpShards(url, { ...FAST, attempts: 2 }), shard);
  await expect(read).rejects.toThrow(`${url}/${shard.path}: was cut at 20 bytes (2 tries)`);
});

it("refuses a body longer than stated at once", async () => {
  const { shard } = await toySet();
  const { url, tries } = await serve({ [`/${shard.path}`]: (_, r) => r.end(Buffer.alloc(100_000, 7)) });
  await expect(readShard(createHttpShards(url, FAST), shard)).rejects.toThrow("sends more than");
  expect(tries.get(`/${shard.path}`)).toBe(1);
});

it("waits for a slow server that keeps sending, not for a silent one", async () => {
  const { shard, bytes } = await toySet();
  const { url } = await serve({
    [`/${shard.path}`]: (_, response) => {
      response.flushHeaders();
      let at = 0; // about 12 parts, 30 ms apart: longer in all than one silence
      const timer = setInterval(() => {
        response.write(bytes.subarray(at, (at += Math.ceil(bytes.length / 12))));
        if (at < bytes.length) return;
        clearInterval(timer);
        response.end();
      }, 30);
    },
    "/manifest.json": (_, response) => response.flushHeaders(), // and never a byte
  });
  const source = createHttpShards(url, { ...FAST, attempts: 2 });
  expect(await readShard(source, shard)).toHaveLength(1);
  await expect(source.manifest()).rejects.toThrow("manifest.json: sent nothing for 0.15 s (2 tries)");
});

it("says why a server cannot be reached", async () => {
  const source = createHttpShards("http://127.0.0.1:1", { ...FAST, attempts: 1 });
  await expect(source.manifest()).rejects.toThrow(
    /^http:\/\/127\.0\.0\.1:1\/manifest\.json: could not be read \(/,
  );
});

it("stops at once when aborted, also while it waits to try again", async () => {
  const { url } = await serve({ "/manifest.json": (_, response) => response.writeHead(503).end() });
  const controller = new AbortController();
  const read = createHttpShards(url, { backOffMs: 60_000 }).manifest(controller.signal);
  setTimeout(() => controller.abort(new Error("left the page")), 50);
  await expect(read).rejects.toThrow("left the page");
});
