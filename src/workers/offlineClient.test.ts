import { createHash } from "node:crypto";
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
function open(texts: Record<string, string>) {
  const asked: string[] = [];
  const memory = memoryCaches();
  const fetch = async (url: string) => {
    asked.push(url.slice(BASE.length));
    const text = texts[url.slice(BASE.length)];
    return new Response(text ?? "gone", { status: text === undefined ? 404 : 200 });
  };
  return { ...memory, asked, kept: openKeptPage({ base: BASE, caches: memory.caches, fetch }) };
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

  it("is never another version: a newer page, a sign-in page, a missing one are refused by name", async () => {
    for (const text of ["newer", "sign in"]) {
      const { kept } = open({ "index.html": text });
      await expect(kept.keep(page)).rejects.toThrow("index.html: the server sends another version of it");
      expect(await kept.names()).toEqual(new Set());
    }
    await expect(open({}).kept.keep(page)).rejects.toThrow("index.html: the server answered 404");
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
