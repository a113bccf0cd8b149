import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { PageFile } from "../core/offline/pageFiles.ts";
import { memoryCaches } from "../testing/memoryCaches.ts";
import { openKeptPage } from "./offlineClient.ts";

const BASE = "https://lab.example/a/b/";
const listed = (path: string, text: string): PageFile => ({
  path,
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex").slice(0, 16),
});
const page = listed("index.html", "page");

/** @param texts what the server has now */
function open(texts: Record<string, string | Uint8Array<ArrayBuffer>>) {
  const asked: string[] = [];
  const own: Record<string, string> = {}; // what the browser has in its own cache
  const memory = memoryCaches();
  const cached = async (url: string) => {
    const text = own[url.slice(BASE.length)];
    return text === undefined ? undefined : new Response(text);
  };
  const fetch = async (url: string) => {
    const path = url.slice(BASE.length);
    asked.push(path);
    const text = texts[path];
    return new Response(text ?? "gone", { status: text === undefined ? 404 : 200 });
  };
  return { ...memory, asked, own, kept: openKeptPage({ base: BASE, caches: memory.caches, fetch, cached }) };
}

describe("what is kept of the page", () => {
  it("is fetched once, and found with its length and without the server’s other headers", async () => {
    const { kept, asked } = open({ "index.html": "page" });
    await kept.keep(page);
    await kept.keep(page);
    expect(asked).toEqual(["index.html"]);
    const found = await kept.find(page);
    expect(await found!.text()).toBe("page");
    expect(found!.headers.get("content-length")).toBe("4");
    expect(await kept.names()).toEqual(new Set([`index.html?kept=${page.sha256}`]));
  });

  it("comes packed where it lies packed beside itself, and as it is where that is gone or another version’s", async () => {
    const code: PageFile = { ...listed("a.js", "code"), isPacked: true };
    const packed = (text: string) => gzipSync(text) as Uint8Array<ArrayBuffer>;
    for (const [beside, asked] of [
      [packed("code"), ["a.js.gz"]],
      ["code", ["a.js.gz"]], // the host unpacks it on the way
      [packed("newer"), ["a.js.gz", "a.js"]],
      [packed("code ".repeat(1000)), ["a.js.gz", "a.js"]],
      [packed("code").slice(0, 12), ["a.js.gz", "a.js"]],
      [undefined, ["a.js.gz", "a.js"]],
    ] as const) {
      const server = open({ "a.js": "code", ...(beside !== undefined && { "a.js.gz": beside }) });
      await server.kept.keep(code);
      expect(server.asked).toEqual(asked);
      const found = (await server.kept.find(code))!;
      expect(await found.text()).toBe("code");
      expect(found.headers.get("content-length")).toBe("4");
      if (asked.length === 1) expect(found.headers.get("content-type")).toBe("text/javascript");
    }
  });

  it("comes from the browser’s own cache where it is there", async () => {
    const { kept, asked, own } = open({ "a.js": "newer" });
    own["a.js"] = "code";
    const code: PageFile = { ...listed("a.js", "code"), isPacked: true };
    await kept.keep(code);
    expect(await kept.find(code)).toBeDefined();
    expect(asked).toEqual([]);
  });

  it("is never another version: a newer page, a sign-in page, a missing one are refused by name", async () => {
    for (const text of ["newer", "sign in"]) {
      const { kept } = open({ "index.html": text });
      await expect(kept.keep(page)).rejects.toThrow("index.html: the server sends another version of it");
      expect(await kept.names()).toEqual(new Set());
    }
    await expect(open({}).kept.keep(page)).rejects.toThrow("index.html: the server answered 404");
  });

  it("names what it could not fetch where there is no server", async () => {
    const { caches } = memoryCaches();
    const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
    await expect(openKeptPage({ base: BASE, caches, fetch }).keep(page)).rejects.toThrow(
      "index.html could not be fetched: no server was reached",
    );
  });

  it("is found by path alone where an older version is all there is", async () => {
    const { kept } = open({ "index.html": "page" });
    await kept.keep(page);
    const newer = listed("index.html", "newer");
    expect(await kept.find(newer)).toBeUndefined();
    expect(await (await kept.findAny("index.html"))!.text()).toBe("page");
    expect(await kept.findAny("other.html")).toBeUndefined();
  });

  it("is removed by name", async () => {
    const { kept } = open({ "index.html": "page", "a.js": "code" });
    const code = listed("a.js", "code");
    await kept.keep(page);
    await kept.keep(code);
    await kept.removeExcept((name) => name.startsWith("a.js"));
    expect(await kept.find(page)).toBeUndefined();
    expect(await kept.find(code)).toBeDefined();
  });
});
