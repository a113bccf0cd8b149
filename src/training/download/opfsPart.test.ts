// Downloads in the private file system, on a stand-in for it: kept over a kill, named by their dataset, discarded.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { downloadFile } from "./downloadFile.ts";
import { openDownloadStore, type DownloadStore } from "./downloadStore.ts";
import { createOpfsPart } from "./opfsPart.ts";

const VERSION = { url: "https://example.org/a", etag: '"1"', lastModified: null };
const bytes = (text: string) => new TextEncoder().encode(text);
const asHandle = (folder: FakeFolder) => folder as unknown as FileSystemDirectoryHandle; // the part that is used
const partIn = (folder: FakeFolder) => createOpfsPart(asHandle(folder), "a");
const textOf = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

describe("createOpfsPart", () => {
  it("is empty at first, takes chunks in order, and is there again for another process", async () => {
    const folder = new FakeFolder();
    const part = partIn(folder);
    expect(await part.state()).toEqual({ bytes: 0, validator: null });
    await part.restart(VERSION);
    await part.append(bytes("abc"));
    await part.append(bytes("de"));
    expect(await partIn(folder).state()).toEqual({ bytes: 5, validator: VERSION });
    expect(await textOf(partIn(folder).read())).toBe("abcde");
    await part.restart({ ...VERSION, etag: '"2"' });
    expect(await part.state()).toMatchObject({ bytes: 0, validator: { etag: '"2"' } });
  });

  it("keeps a whole file and its facts, so that a set that is cut later does not fetch it again", async () => {
    const folder = new FakeFolder();
    const expected = {
      url: VERSION.url,
      bytes: 5,
      sha256: createHash("sha256").update("abcde").digest("hex"),
    };
    let asked = 0;
    const fetch = () => Promise.resolve(new Response(bytes("abcde"), { status: ++asked && 200 }));
    const first = await downloadFile(expected, partIn(folder), { fetch });
    expect(await textOf(first.file.stream())).toBe("abcde");
    const again = await downloadFile(expected, partIn(folder), { fetch });
    expect([await textOf(again.file.stream()), asked]).toEqual(["abcde", 1]);
  });

  it("takes facts that were cut while they were written for unknown", async () => {
    const folder = new FakeFolder();
    const part = partIn(folder);
    await part.restart(VERSION);
    await part.append(bytes("abc"));
    folder.children.set("a.part.json", { bytes: bytes('{"url":"htt'), lastModified: 0 });
    expect(await part.state()).toEqual({ bytes: 3, validator: null });
  });

  it("says when the storage is full or another tab is at it, is not tried again, and leaves no file locked", async () => {
    const folder = new FakeFolder();
    const body = () => new Response(bytes("abcde"));
    let asked = 0;
    const fetch = () => (asked++, Promise.resolve(body()));
    folder.room = JSON.stringify({ url: VERSION.url, etag: null, lastModified: null }).length + 3; // and 3 bytes of the file
    await expect(downloadFile({ url: VERSION.url }, partIn(folder), { fetch, backOffMs: 1 })).rejects.toThrow(
      "https://example.org/a: does not fit into this browser's storage",
    );
    expect([folder.open.size, asked]).toEqual([0, 1]);
    expect((await partIn(folder).state()).bytes).toBe(3);
    folder.open.add("a.part");
    await expect(partIn(folder).append(bytes("f"))).rejects.toThrow("is being downloaded in another tab");
  });
});

describe.each<[string, () => Promise<DownloadStore>]>([
  [
    "the private file system",
    () => openDownloadStore(() => Promise.resolve(asHandle(new FakeFolder())), true),
  ],
  ["memory", () => openDownloadStore(undefined, false)],
])("downloads in %s", (_, open) => {
  it("are listed by name, whichever began first, and kept apart where names differ by a slash", async () => {
    const store = await open();
    for (const id of ["b", "c", "a"]) {
      await store.begin(id, undefined);
      for (const name of ["x/y", "x%2Fy"]) await (await store.part(id, name)).append(bytes(name));
    }
    expect(await store.list()).toEqual(["a", "b", "c"].map((id) => ({ id, bytes: 8 })));
    expect(await textOf((await store.part("b", "x/y")).read())).toBe("x/y");
  });

  it("are asked for again with other languages, and what is here stays", async () => {
    const store = await open();
    await store.begin("a", ["sw"]);
    await (await store.part("a", "x")).append(bytes("abc"));
    await store.begin("a", ["sw", "yo"]);
    expect(await store.list()).toEqual([{ id: "a", bytes: 3, languages: ["sw", "yo"] }]);
    await store.begin("a", undefined);
    expect(await store.list()).toEqual([{ id: "a", bytes: 3 }]);
  });

  it("are listed with what was asked for until they are discarded", async () => {
    const store = await open();
    await store.begin("tatoeba", ["sw", "yo"]);
    await store.begin("xquad-r", undefined);
    expect(await store.list()).toEqual([]); // nothing has come yet
    for (const [id, name, text] of [
      ["tatoeba", "data/sw.gz", "abc"],
      ["tatoeba", "data/yo.gz", "de"],
      ["xquad-r", "en.json", "f"],
    ] as const) {
      const part = await store.part(id, name);
      await part.restart(VERSION);
      await part.append(bytes(text));
    }
    expect(await store.list()).toEqual([
      { id: "tatoeba", bytes: 5, languages: ["sw", "yo"] },
      { id: "xquad-r", bytes: 1 },
    ]);
    expect((await (await store.part("tatoeba", "data/sw.gz")).state()).bytes).toBe(3);
    await store.discard("tatoeba");
    await store.discard("tatoeba"); // twice does no harm
    expect(await store.list()).toEqual([{ id: "xquad-r", bytes: 1 }]);
    expect((await (await store.part("tatoeba", "data/sw.gz")).state()).bytes).toBe(0);
  });
});

describe("downloads beside another tab", () => {
  it("are listed without what the other one takes away meanwhile", async () => {
    const root = new FakeFolder();
    const store = await openDownloadStore(() => Promise.resolve(asHandle(root)), true);
    for (const id of ["a", "b"]) await (await store.part(id, "x")).append(bytes("abc"));
    const downloads = await root.getDirectoryHandle("downloads");
    const a = await downloads.getDirectoryHandle("a");
    const { keys } = a;
    a.keys = async function* (this: FakeFolder) {
      yield* keys.call(a);
      yield "gone.part"; // was there when the folder was read
    };
    expect(await store.list()).toEqual([
      { id: "a", bytes: 3 },
      { id: "b", bytes: 3 },
    ]);
  });

  it("are what they are where the note of what was asked for was cut", async () => {
    const root = new FakeFolder();
    const store = await openDownloadStore(() => Promise.resolve(asHandle(root)), true);
    await store.begin("a", ["sw"]);
    await (await store.part("a", "x")).append(bytes("abc"));
    const a = await (await root.getDirectoryHandle("downloads")).getDirectoryHandle("a");
    for (const text of ['{"languages":["s', '{"languages":[1]}', "null", ""]) {
      a.children.set("request.json", { bytes: bytes(text), lastModified: 0 });
      expect(await store.list(), text).toEqual([{ id: "a", bytes: 3 }]);
    }
  });
});
