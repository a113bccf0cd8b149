// What the workers of a file that trains read: what is held, whole, and nothing of any other place.
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { HELD_BASE, heldFetch, withHeldFiles } from "./heldFetch.ts";

const FILES = new Map([["models/a/config.json", new Blob(["{}"])]]);

it("answers with a held file and its length, and of anything else that it is not there", async () => {
  const fetch = heldFetch(FILES);
  const answer = await fetch(`${HELD_BASE}models/a/config.json`);
  expect([answer.ok, answer.headers.get("content-length"), await answer.text()]).toEqual([true, "2", "{}"]);
  for (const url of [`${HELD_BASE}models/a/none.json`, "https://example.org/models/a/config.json"])
    expect((await fetch(url)).status).toBe(404);
});

it("sends what is packed as its text", async () => {
  const fetch = heldFetch(new Map([["a.jsonl.gz", new Blob([new Uint8Array(gzipSync("{}\n"))])]]));
  expect(await (await fetch(`${HELD_BASE}a.jsonl.gz`)).text()).toBe("{}\n");
});

it("begins with the first message alone", async () => {
  const port = new EventTarget();
  const begun: (typeof globalThis.fetch)[] = [];
  withHeldFiles(port, (fetch) => begun.push(fetch));
  port.dispatchEvent(new MessageEvent("message", { data: FILES }));
  port.dispatchEvent(new MessageEvent("message", { data: { type: "ping" } }));
  expect(begun).toHaveLength(1);
  expect((await begun[0]!(`${HELD_BASE}models/a/config.json`)).ok).toBe(true);
});
