import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PageFile } from "../core/offline/pageFiles.ts";
import { memoryCaches } from "../testing/memoryCaches.ts";
import { createAnswers } from "./offlineAnswers.ts";
import { openKeptPage } from "./offlineClient.ts";

const BASE = "https://lab.example/a/b/";
const listed = (path: string, text: string): PageFile => ({
  path,
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex").slice(0, 16),
});

/** As the browser asks; Node's Request knows no destination and refuses the mode of navigations. */
const ask = (path: string, { mode = "cors", destination = "", headers = {} } = {}): Request =>
  ({ url: BASE + path, method: "GET", mode, destination, headers: new Headers(headers) }) as Request;
const navigation = (path = "") => ask(path, { mode: "navigate", destination: "document" });

const FILES = { "index.html": "page", "a.js": "code", "404.html": "elsewhere" };

/** A service worker of version `files` before a server that has `texts`, or cannot be reached. */
function start(texts: Record<string, string> = FILES, files: Record<string, string> = FILES, base = BASE) {
  const server = { texts: texts as Record<string, string> | undefined, asked: [] as string[] };
  const memory = memoryCaches();
  const fetch = async (request: Request | string) => {
    const url = typeof request === "string" ? request : request.url;
    const path = url.slice(base.length).replace(/[?#].*/, "");
    server.asked.push(path);
    if (!server.texts) throw new TypeError("Failed to fetch");
    const text = server.texts[path || "index.html"];
    return new Response(text ?? "gone", { status: text === undefined ? 404 : 200 });
  };
  const kept = openKeptPage({ base, caches: memory.caches, fetch });
  const list = Object.entries(files).map(([path, text]) => listed(path, text));
  const answers = createAnswers({ base, files: list, kept, fetch });
  const work: Promise<unknown>[] = [];
  const answer = async (request: Request) => {
    const response = await answers.answer(request, (own) => work.push(own));
    await Promise.all(work);
    return response;
  };
  return { ...memory, server, kept, list, answer, isOwn: answers.isOwn };
}

describe("the service worker’s answers", () => {
  it("are what is kept, whatever stands in query and hash, and do not ask the server", async () => {
    const { kept, list, answer, server } = start();
    for (const file of list) await kept.keep(file);
    server.texts = undefined;
    server.asked.length = 0;
    expect(await (await answer(navigation("?view=try#v=1&langs=en"))).text()).toBe("page");
    expect(await (await answer(ask("a.js"))).text()).toBe("code");
    expect(server.asked).toEqual([]);
  });

  it("are on this machine the server’s document while there is a server, and what is kept when it is gone", async () => {
    const base = "http://localhost:4173/";
    const { kept, list, answer, server } = start(FILES, FILES, base);
    for (const file of list) await kept.keep(file);
    const document = { ...navigation(), url: base } as Request;
    server.texts = { "index.html": "another project" };
    expect(await (await answer(document)).text()).toBe("another project");
    server.texts = undefined;
    expect(await (await answer(document)).text()).toBe("page");
  });

  it("keep what was used, but a document only with all that belongs to it", async () => {
    const { kept, answer, list } = start();
    await answer(navigation());
    await answer(ask("a.js"));
    expect([...(await kept.names())]).toEqual([`a.js?kept=${list[1]!.sha256}`]);
  });

  it("let documents and workers share memory, and leave other answers as they are", async () => {
    const { answer } = start();
    const headersOf = async (request: Request) => {
      const { headers } = await answer(request);
      return [headers.get("Cross-Origin-Opener-Policy"), headers.get("Cross-Origin-Embedder-Policy")];
    };
    expect(await headersOf(navigation())).toEqual(["same-origin", "require-corp"]);
    expect(await headersOf(ask("a.js", { destination: "worker" }))).toEqual(["same-origin", "require-corp"]);
    expect(await headersOf(ask("a.js"))).toEqual([null, null]);
  });

  it("are an older version’s files where the new ones cannot be had", async () => {
    const before = start();
    for (const file of before.list) await before.kept.keep(file);
    const newer = createAnswers({
      base: BASE,
      files: [listed("index.html", "newer")],
      kept: before.kept,
      fetch: () => Promise.reject(new TypeError("Failed to fetch")),
    });
    const text = async (request: Request) => (await newer.answer(request, () => undefined)).text();
    expect(await text(navigation())).toBe("page");
    expect(await text(ask("a.js"))).toBe("code");
    await expect(newer.answer(ask("b.js"), () => undefined)).rejects.toThrow("Failed to fetch");
  });

  it("are an older version’s files where the server has only newer ones", async () => {
    const { kept, list, answer, server } = start(FILES, { "index.html": "newer" });
    server.texts = FILES;
    for (const path of ["a.js"]) await kept.keep(listed(path, "code"));
    server.texts = { "index.html": "newer" };
    expect(await (await answer(ask("a.js"))).text()).toBe("code");
    expect(await (await answer(navigation())).text()).toBe("newer");
    expect(list).toHaveLength(1);
  });

  it("say so where a visit was cut and the network is gone", async () => {
    const { answer, server } = start();
    await answer(ask("a.js"));
    server.texts = undefined;
    const said = await answer(navigation());
    expect(said.status).toBe(503);
    expect(await said.text()).toContain("is not on this device as a whole");
    await expect(answer(ask("b.js"))).rejects.toThrow("Failed to fetch");
  });

  it("say so, and not that there is no such page, where all came but the document, which comes last", async () => {
    const { answer, kept, list, server } = start();
    for (const file of list) if (file.path !== "index.html") await kept.keep(file);
    server.texts = undefined;
    const said = await answer(navigation("?view=try#v=1"));
    expect(said.status).toBe(503);
    expect(await said.text()).toContain("is not on this device as a whole");
    expect(await (await answer(navigation("%23v=1"))).text()).toBe("elsewhere"); // that page opens such links
  });

  it("are the server’s where storage is full, and where a captive network answers", async () => {
    const { answer, kept, fill } = start({ ...FILES, "a.js": "sign in" });
    expect(await (await answer(ask("a.js"))).text()).toBe("sign in");
    fill();
    expect(await (await answer(ask("404.html"))).text()).toBe("elsewhere");
    expect(await kept.names()).toEqual(new Set());
  });

  it("leave weights, parts of files, other places and anything but reading to the browser", () => {
    const { isOwn } = start();
    expect(isOwn(ask("a.js"))).toBe(true);
    expect(isOwn(ask("models/bag/model.safetensors"))).toBe(false);
    expect(isOwn(ask("a.js.gz"))).toBe(false); // what it packs itself, not a shard of a set
    expect(isOwn(ask("datasets/x/en/a.jsonl.gz"))).toBe(true);
    expect(isOwn({ ...ask("a.js"), cache: "only-if-cached" })).toBe(false);
    expect(isOwn(ask("a.js", { headers: { range: "bytes=5-" } }))).toBe(false);
    expect(isOwn(new Request("https://lab.example/other/"))).toBe(false);
    expect(isOwn(new Request(`${BASE}a.js`, { method: "HEAD" }))).toBe(false);
  });
});
