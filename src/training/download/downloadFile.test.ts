// Downloads against a local server that misbehaves in every way the catalogue's servers might.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDiskPart } from "../../cli/files/nodeDownloads.ts";
import { downloadFile, type DownloadOptions, type Expected } from "./downloadFile.ts";

const BODY = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
const HASH = createHash("sha256").update(BODY).digest("hex");
const HALF = 150_000;

type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void;
let folder: string;
let close: () => void = () => undefined;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "lab-"))));
afterEach(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a server; `requests` collects the Range headers it was asked with. */
async function serve(handler: Handler): Promise<{ url: string; requests: (string | undefined)[] }> {
  const requests: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers.range);
    handler(request, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.bin`, requests };
}

/** A well-behaved server of BODY with ranges and an ETag. */
const good: Handler = (request, response) => {
  const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const isFresh = (request.headers["if-range"] ?? '"v1"') === '"v1"';
  response.setHeader("etag", '"v1"');
  if (from === 0 || !isFresh) return void response.setHeader("content-length", BODY.length).end(BODY);
  if (from >= BODY.length) {
    return void response.writeHead(416, { "content-range": `bytes */${BODY.length}` }).end();
  }
  response.writeHead(206, { "content-range": `bytes ${from}-${BODY.length - 1}/${BODY.length}` });
  response.end(BODY.subarray(from));
};
/** Sends half a file and breaks the connection once the client has it. */
const breakOff = (response: ServerResponse, half: Buffer, headers: Record<string, string>) => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("content-length", BODY.length).write(half);
  const timer = setInterval(() => {
    if (received < HALF) return;
    clearInterval(timer);
    response.destroy();
  }, 2);
};
const cut: Handler = (_request, response) => breakOff(response, BODY.subarray(0, HALF), { etag: '"v1"' });

let received = 0; // bytes that reached the part
const FAST: DownloadOptions = { attempts: 3, backOffMs: 1, silenceMs: 1000 };
const part = () => createDiskPart(folder, "a.bin");
const whole = (url: string): Expected => ({ url, bytes: BODY.length, sha256: HASH });
async function get(url: string, options: DownloadOptions = {}, expected: Expected = whole(url)) {
  received = 0;
  const onProgress = (bytes: number, total: number | null) => {
    received = bytes;
    options.onProgress?.(bytes, total);
  };
  const { bytes, sha256 } = await downloadFile(expected, part(), { ...FAST, ...options, onProgress });
  expect((await readFile(path.join(folder, "a.bin"))).equals(BODY)).toBe(true);
  return { bytes, sha256 };
}

describe("downloadFile", () => {
  it("brings a whole file, tells its progress and leaves no parts", async () => {
    const { url, requests } = await serve(good);
    const seen: number[] = [];
    expect(await get(url, { onProgress: (bytes) => seen.push(bytes) })).toEqual({
      bytes: BODY.length,
      sha256: HASH,
    });
    expect(seen.at(-1)).toBe(BODY.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(requests).toEqual([undefined]);
    expect(await readdir(folder)).toEqual(["a.bin"]);
  });

  it("continues a cut connection where it broke off", async () => {
    const { url, requests } = await serve((request, response, nth) =>
      (nth === 1 ? cut : good)(request, response, nth),
    );
    await get(url);
    expect(requests).toEqual([undefined, `bytes=${HALF}-`]);
  });

  it("continues after a stall, and gives up on a server that is always silent", async () => {
    const stall: Handler = (_request, response) => {
      response.setHeader("etag", '"v1"').setHeader("content-length", BODY.length);
      response.write(BODY.subarray(0, HALF));
    };
    const { url, requests } = await serve((request, response, nth) =>
      (nth === 1 ? stall : good)(request, response, nth),
    );
    await get(url);
    expect(requests).toEqual([undefined, `bytes=${HALF}-`]);
    close();
    const silent = await serve(() => undefined);
    const told: string[] = [];
    const onTrouble = (sentence: string) => told.push(sentence);
    await expect(
      downloadFile(whole(silent.url), createDiskPart(folder, "b"), { ...FAST, silenceMs: 50, onTrouble }),
    ).rejects.toThrow(`${silent.url}: sent nothing for 0.05 s (3 tries)`);
    const again = `${silent.url}: sent nothing for 0.05 s; asked again, try`;
    expect(told).toEqual([`${again} 2 of 3`, `${again} 3 of 3`]);
  });

  it("reads the whole file again from a server that ignores ranges", async () => {
    const { url, requests } = await serve((request, response, nth) => {
      if (nth === 1) return cut(request, response, nth);
      response.setHeader("content-length", BODY.length).end(BODY);
    });
    await get(url);
    expect(requests).toEqual([undefined, `bytes=${HALF}-`]);
  });

  it("starts over when the file changed on the server", async () => {
    const { url } = await serve((request, response, nth) => {
      if (nth > 1) return good(request, response, nth); // If-Range does not hold, so it answers with the whole
      breakOff(response, Buffer.alloc(HALF), { etag: '"v0"' });
    });
    await get(url);
  });

  it("starts over when a page that may not send If-Range is given the rest of another version", async () => {
    const { url } = await serve((request, response, nth) => {
      if (nth === 1)
        breakOff(response, Buffer.alloc(HALF), {}); // no version told
      else good(request, response, nth);
    });
    await get(url, { mayAsk: false }); // the joined file has another hash, so it is read once more in one piece
  });

  it("waits as long as a 429 asks, within its limit, and tries 500 again", async () => {
    const { url, requests } = await serve((request, response, nth) => {
      if (nth === 1) response.writeHead(429, { "retry-after": "100" }).end();
      else if (nth === 2) response.writeHead(500).end();
      else good(request, response, nth);
    });
    const before = Date.now();
    await get(url, { maxWaitMs: 60 });
    expect(Date.now() - before).toBeGreaterThanOrEqual(55); // asked for 100 s, waits at most 60 ms
    expect(requests).toHaveLength(3);
  });

  it.each([
    [404, 1, "the server answered 404 Not Found"],
    [403, 1, "the server answered 403 Forbidden"],
    [503, 3, "the server answered 503 Service Unavailable (3 tries)"],
  ])("answers of %i are asked for %i times", async (status, times, message) => {
    const { url, requests } = await serve((_request, response) => void response.writeHead(status).end());
    await expect(get(url)).rejects.toThrow(`${url}: ${message}`);
    expect(requests).toHaveLength(times);
  });

  it("refuses a corrupted file by name and keeps nothing of it", async () => {
    const wrong = Buffer.from(BODY);
    wrong[1000]! ^= 1;
    const { url } = await serve((_request, response) => void response.end(wrong));
    await expect(get(url)).rejects.toThrow(/a\.bin: sha256 is [0-9a-f]{64}, the catalogue states /);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ["a shorter file", BODY.subarray(0, HALF), `is ${HALF} bytes long, the catalogue states ${BODY.length}`],
    ["a longer file", Buffer.concat([BODY, BODY]), `is ${2 * BODY.length} bytes long, the catalogue states`],
  ])("refuses %s", async (_name, body, message) => {
    const { url } = await serve(
      (_request, response) => void response.setHeader("content-length", body.length).end(body),
    );
    await expect(get(url)).rejects.toThrow(message);
  });

  it("stops a body without end at the bytes expected", async () => {
    const { url } = await serve((_request, response) => {
      const more = () => void (response.destroyed || response.write(BODY, () => setImmediate(more)));
      more();
    });
    await expect(get(url)).rejects.toThrow(`sends more than the ${BODY.length} bytes expected`);
    await expect(get(url, { maxBytes: 1_000_000 }, { url })).rejects.toThrow(
      "sends more than the 1000000 bytes",
    );
  });

  it("gives up on a connection that always breaks at the same place", async () => {
    const { url } = await serve((request, response, nth) => {
      if (nth === 1) return cut(request, response, nth);
      response.writeHead(206, {
        "content-range": `bytes ${HALF}-${BODY.length - 1}/${BODY.length}`,
        etag: '"v1"',
      });
      response.flushHeaders();
      setTimeout(() => response.destroy(), 10);
    });
    await expect(get(url)).rejects.toThrow(/could not be read \(.+\) \(3 tries\)/);
  });

  it("is cancelled at once and continues later, in another process or after a kill", async () => {
    const { url, requests } = await serve((request, response, nth) => {
      if (nth > 1) return good(request, response, nth);
      response.setHeader("etag", '"v1"').setHeader("content-length", BODY.length);
      response.write(BODY.subarray(0, HALF));
    });
    const stop = new AbortController();
    const onProgress = (bytes: number) => void (bytes === HALF && stop.abort(new Error("cancelled")));
    await expect(get(url, { signal: stop.signal, onProgress, silenceMs: 5000 })).rejects.toThrow("cancelled");
    expect((await readdir(folder)).sort()).toEqual(["a.bin.part", "a.bin.part.json"]);
    await get(url); // a new PartialFile over what is there
    expect(requests).toEqual([undefined, `bytes=${HALF}-`]);
  });

  it("takes a file of unknown size and hash, and tells what they are", async () => {
    const { url } = await serve(good);
    expect(await get(url, {}, { url })).toEqual({ bytes: BODY.length, sha256: HASH });
  });

  it("asks for no byte of a part that is whole already", async () => {
    const { url, requests } = await serve(good);
    const there = part();
    await there.restart({ url, etag: '"v1"', lastModified: null });
    await there.append(BODY);
    await get(url);
    expect(requests).toEqual([]);
    await there.restart({ url, etag: '"v1"', lastModified: null });
    await there.append(BODY);
    await get(url, {}, { url, sha256: HASH }); // of unknown size: the server says that nothing is missing
    expect(requests).toEqual([`bytes=${BODY.length}-`]);
  });

  it("gives up on another file behind a connection that always breaks once", async () => {
    const wrong = Buffer.from(BODY);
    wrong[1000]! ^= 1;
    const { url, requests } = await serve((request, response) => {
      if (request.headers.range === undefined) {
        received = 0;
        breakOff(response, wrong.subarray(0, HALF), { etag: '"v1"' });
        return;
      }
      const rest = `bytes ${HALF}-${BODY.length - 1}/${BODY.length}`;
      response.writeHead(206, { "content-range": rest, etag: '"v1"' }).end(wrong.subarray(HALF));
    });
    const limit = AbortSignal.timeout(5000);
    await expect(get(url, { signal: limit })).rejects.toThrow(/sha256 is [0-9a-f]{64}, the catalogue states/);
    expect(requests).toHaveLength(4); // joined twice: once more in case two versions were
    expect(await readdir(folder)).toEqual([]);
  });

  it("is told to stop while it waits for the next try", async () => {
    const { url } = await serve((_request, response) => void response.writeHead(503).end());
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("left the page")), 30);
    await expect(get(url, { signal: stop.signal, backOffMs: 60_000 })).rejects.toThrow("left the page");
  });

  it("takes an empty file for what it is", async () => {
    const { url } = await serve((_request, response) => void response.setHeader("content-length", 0).end());
    const sha256 = createHash("sha256").digest("hex");
    const got = await downloadFile({ url, bytes: 0, sha256 }, part(), FAST);
    expect([got.bytes, got.sha256, await readdir(folder)]).toEqual([0, sha256, ["a.bin"]]);
  });
});
