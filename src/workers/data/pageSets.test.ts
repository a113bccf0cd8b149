// Files of the page's sets: held for one more reader, and no longer.
import { describe, expect, it } from "vitest";
import type { Shard } from "../../core/data/manifest.ts";
import { createPageSets } from "./pageSets.ts";

const MIB = 2 ** 20;

/** A server of files of these sizes, which counts what is fetched. */
function served() {
  const fetched: string[] = [];
  let isDown = false;
  const fetch = (url: string | URL | Request) => {
    const { pathname, searchParams } = new URL(url as string);
    fetched.push(pathname.split("/").at(-1)!);
    if (isDown) return Promise.resolve(new Response(null, { status: 404 }));
    return Promise.resolve(new Response(new Uint8Array(Number(searchParams.get("n")))));
  };
  const source = createPageSets({ fetch: fetch })("https://lab.example/", "set");
  const read = async (name: string, bytes = 10) => {
    const shard = { path: `${name}?n=${bytes}`, bytes, textBytes: bytes } as Shard;
    return (await new Response((await source.open(shard)) as BodyInit).arrayBuffer()).byteLength;
  };
  return { fetched, read, goDown: (down: boolean) => (isDown = down) };
}

describe("files of the sets that come with the page", () => {
  it("are fetched once for two readers, also at the same time, and let go of by the second", async () => {
    const { fetched, read } = served();
    expect(await Promise.all([read("a"), read("a")])).toEqual([10, 10]);
    expect(fetched).toEqual(["a"]);
    expect(await read("a")).toBe(10);
    expect(await read("a")).toBe(10);
    expect(fetched).toEqual(["a", "a"]);
  });

  it("are held up to 8 MiB, the oldest let go of first", async () => {
    const { fetched, read } = served();
    for (const name of ["a", "b", "c"]) await read(name, 3 * MIB);
    for (const name of ["c", "b", "a"]) await read(name, 3 * MIB);
    expect(fetched).toEqual(["a", "b", "c", "a"]);
  });

  it("that could not be had are asked for again", async () => {
    const { fetched, read, goDown } = served();
    goDown(true);
    await expect(read("a")).rejects.toThrow("404");
    goDown(false);
    expect(await read("a")).toBe(10);
    expect(fetched).toEqual(["a", "a"]);
  });
});
