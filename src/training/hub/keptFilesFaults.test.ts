// A checkpoint that is kept, when something goes wrong here: storage that is full, locked or damaged, and no network.
import { beforeEach, describe, expect, it } from "vitest";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { blobFiles, collect, type CheckpointFiles } from "../pretrained/checkpointFiles.ts";
import { keptFiles } from "./keptFiles.ts";
import { opfsShelf } from "./opfsShelf.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const FILES: Readonly<Record<string, string>> = {
  "config.json": '{"a":1}',
  "model.safetensors": "0123456789",
};

/** A server of these files; notes what it is asked for. */
function server() {
  const asked: string[] = [];
  const state = { isUp: true, version: '"1"' as string | undefined, files: FILES };
  const stored = () =>
    blobFiles("far", new Map(Object.entries(state.files).map(([name, text]) => [name, new Blob([text])])));
  const far: CheckpointFiles = {
    label: "far",
    read: () => Promise.reject(new Error("read through open")),
    async open(name) {
      asked.push(name);
      if (!state.isUp) throw new Error("no network");
      const opened = await stored().open(name);
      return opened && { ...opened, ...(state.version !== undefined && { version: state.version }) };
    },
  };
  const fetch = (url: string) => {
    asked.push(url);
    if (!state.isUp) return Promise.reject(new Error("no network"));
    return Promise.resolve(new Response(state.files[url]));
  };
  return { asked, state, far, fetch: fetch as typeof globalThis.fetch };
}

let root: FakeFolder;
let hub: ReturnType<typeof server>;
beforeEach(() => {
  root = new FakeFolder();
  hub = server();
});
/** As in a new process over the same storage. */
const open = (pinned = false, limit = 1e6) =>
  keptFiles(hub.far, Promise.resolve(opfsShelf(root as unknown as FileSystemDirectoryHandle, limit)), {
    id: "hf:a/b",
    pinned,
    urlOf: (name) => name,
    fetch: hub.fetch,
    attempts: 1,
    backOffMs: 1,
  });
const readText = async (files: CheckpointFiles, name = "config.json") => {
  const read = await files.read(name, 100);
  return read && new TextDecoder().decode(read);
};
const readWhole = async (files: CheckpointFiles, name = "model.safetensors") => {
  const opened = await files.openWhole!(name, () => undefined);
  return opened && new TextDecoder().decode(await collect(opened, name, 100));
};
const folder = () => root.getDirectoryHandle("hf%3Aa%2Fb");

describe("storage", () => {
  it("that holds a small file changed, as long as before, is told, and never read as if it were right", async () => {
    await readText(open(true));
    (await folder()).children.set("config.json.part", { bytes: bytes('{"a":2}'), lastModified: 1 });
    await expect(readText(open(true))).rejects.toThrow(
      "far/config.json is not what was downloaded: it was damaged where it is kept; remove that download and run again",
    );
  });

  it("that another tab has locked does not hinder reading, and keeps what the other tab keeps", async () => {
    await root.getDirectoryHandle("hf%3Aa%2Fb", { create: true });
    (await folder()).open.add("config.json.part");
    expect(await readText(open())).toBe(FILES["config.json"]);
  });

  it("that is full keeps nothing half, and files are read as they come", async () => {
    await root.getDirectoryHandle("hf%3Aa%2Fb", { create: true });
    (await folder()).room = 60; // the facts of a part fit, its ten bytes do not all
    const files = open();
    expect(await readWhole(files)).toBe("0123456789");
    (await folder()).room = 3;
    expect(await readText(files)).toBe(FILES["config.json"]);
    expect([...(await folder()).children.keys()].filter((name) => name.endsWith(".part"))).toEqual([]);
    expect((await folder()).open.size).toBe(0);
  });

  it("that takes nothing at all is read from, and does not hinder reading what it lacks", async () => {
    await readText(open());
    await readWhole(open());
    const here = await folder();
    const ask = here.getFileHandle.bind(here);
    here.getFileHandle = (name, { create = false } = {}) =>
      create ? Promise.reject(new DOMException("read only", "NoModificationAllowedError")) : ask(name);
    const files = open();
    expect(await readWhole(files)).toBe("0123456789");
    expect(await readText(files)).toBe(FILES["config.json"]);
    hub.state.files = { ...FILES, "modules.json": "[]" };
    expect(await readText(files, "modules.json")).toBe("[]");
    expect(await readText(files, "none.json")).toBeUndefined();
  });

  it("too small for a file keeps what is there", async () => {
    await readText(open(false, 1e6));
    const before = [...(await folder()).children.keys()];
    expect(await readWhole(open(false, 9))).toBe("0123456789");
    expect([...(await folder()).children.keys()]).toEqual(before);
  });

  it("with facts that were cut while they were written is as if nothing were there", async () => {
    await readText(open(true));
    const facts = (await folder()).children.get("config.json.facts.json") as {
      bytes: Uint8Array<ArrayBuffer>;
    };
    facts.bytes = facts.bytes.slice(0, 10);
    hub.asked.length = 0;
    expect(await readText(open(true))).toBe(FILES["config.json"]);
    expect(hub.asked).toEqual(["config.json"]);
  });
});

describe("no network", () => {
  it("is asked once, then everything comes from here", async () => {
    await readText(open());
    await readWhole(open());
    hub.state.isUp = false;
    hub.asked.length = 0;
    const files = open();
    expect(await readText(files)).toBe(FILES["config.json"]);
    expect(await readWhole(files)).toBe("0123456789");
    expect(hub.asked).toEqual(["config.json"]); // each try would wait for its end
  });

  it("is told of a file that was never kept", async () => {
    await readText(open());
    hub.state.isUp = false;
    await expect(readWhole(open())).rejects.toThrow("no network");
  });
});

describe("what a checkpoint lacks", () => {
  it("is noted once something of it is kept, and at a commit never asked for again", async () => {
    const first = open(true);
    expect(await readText(first, "modules.json")).toBeUndefined();
    expect(root.children.get("hf%3Aa%2Fb")).toBeDefined();
    expect((await folder()).children.size).toBe(0); // a repository that is not there leaves no trace
    await readText(first);
    expect(await readText(first, "other.json")).toBeUndefined();
    hub.asked.length = 0;
    const next = open(true);
    for (const name of ["modules.json", "other.json"]) expect(await readText(next, name)).toBeUndefined();
    expect(hub.asked).toEqual([]);
  });

  it("is asked for at a branch, which may have it by now", async () => {
    await readText(open());
    expect(await readText(open(), "modules.json")).toBeUndefined();
    hub.state.files = { ...FILES, "modules.json": "[]" };
    expect(await readText(open(), "modules.json")).toBe("[]");
    hub.state.files = FILES;
    expect(await readText(open(), "modules.json")).toBeUndefined();
  });
});

describe("a branch", () => {
  it("whose file changed to one as long is read anew; without any version it always is", async () => {
    await readWhole(open());
    hub.state.version = '"2"';
    hub.state.files = { ...FILES, "model.safetensors": "9876543210" };
    expect(await readWhole(open())).toBe("9876543210");
    hub.state.version = undefined;
    hub.state.files = FILES;
    expect(await readWhole(open())).toBe("0123456789");
  });

  it("is not asked for the file that is the same", async () => {
    await readWhole(open());
    hub.asked.length = 0;
    expect(await readWhole(open())).toBe("0123456789");
    expect(hub.asked).toEqual(["model.safetensors"]); // looked at, not fetched: no second request
  });
});
