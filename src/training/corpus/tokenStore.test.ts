// Every token store keeps what it was given, makes room by age and never at the cost of what is in use.
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createFolderTokens } from "../../cli/nodeTokens.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import type { ByteFile } from "./blockCache.ts";
import { openTokenStore } from "./opfsTokens.ts";
import { createMemoryTokens, tokenKey, type TokenStore } from "./tokenStore.ts";

const dir = await mkdtemp(path.join(tmpdir(), "lab-tokens-"));
afterAll(() => rm(dir, { recursive: true, force: true }));
let folders = 0;

const opfs = (limit: number, root = new FakeFolder()) =>
  openTokenStore(() => Promise.resolve(root as unknown as FileSystemDirectoryHandle), limit); // the part it uses
const folder = (limit: number) => createFolderTokens(path.join(dir, String(folders++)), limit);

const shard = (n: number) => ({ textSha256: String(n).repeat(64) });
const how = { tokenizerSha256: "a".repeat(64), prefix: "Query: ", maxTokens: 64 };
const key = (n: number) => tokenKey(shard(n), how);
const bytes = (n: number) => new Uint8Array(100).fill(n);
/** Files written within one tick of the clock would have no order. */
const later = () => new Promise((resolve) => setTimeout(resolve, 10));

describe("tokenKey", () => {
  it("differs with shard, tokenizer, prefix and length", () => {
    const keys = [
      key(1),
      key(2),
      tokenKey(shard(1), { ...how, tokenizerSha256: "b".repeat(64) }),
      tokenKey(shard(1), { ...how, prefix: "" }),
      tokenKey(shard(1), { ...how, maxTokens: 32 }),
    ];
    expect(new Set(keys).size).toBe(5);
    for (const one of keys) expect(one).toMatch(/^[0-9a-f]{32}-[0-9a-f]{32}$/);
  });
});

const STORES: readonly [string, (limit: number) => TokenStore | Promise<TokenStore>][] = [
  ["private file system", opfs],
  ["folder", folder],
  ["memory", () => createMemoryTokens()],
];

/** Some bytes of a file, as a list. */
async function part(file: ByteFile, at: number, length: number): Promise<number[]> {
  const into = new Uint8Array(length);
  await file.read(at, into);
  return [...into];
}

describe.each(STORES)("token store in %s", (where, open) => {
  it("gives back what was written, whole and in parts, and nothing else", async () => {
    const store = await open(1e6);
    expect(await store.find(key(1))).toBeUndefined();
    const written = Uint8Array.from({ length: 300 }, (_, i) => i);
    const file = await store.write(key(1), written);
    expect(await part(file, 7, 3)).toEqual([7, 8, 9]);
    const found = (await store.find(key(1)))!;
    expect([...found.bytes]).toEqual([...written]);
    expect(found.file.size).toBe(300);
    expect(await part(found.file, 290, 10)).toEqual([...written.subarray(290)]);
    expect(await store.totalBytes()).toBe(300);
    await store.write(key(1), bytes(5));
    expect([...(await store.find(key(1)))!.bytes]).toEqual([...bytes(5)]);
  });

  it("removes the entries of a shard for every tokenizer, and only those", async () => {
    const store = await open(1e6);
    const other = tokenKey(shard(1), { ...how, maxTokens: 8 });
    for (const one of [key(1), other, key(2)]) await store.write(one, bytes(1));
    await store.removeShards([shard(1)]);
    expect(await store.find(key(1))).toBeUndefined();
    expect(await store.find(other)).toBeUndefined();
    expect(await store.find(key(2))).toBeDefined();
  });

  it.skipIf(where === "memory")(
    "makes room by dropping the oldest that the present load does not use",
    async () => {
      const store = await open(300);
      for (const n of [1, 2, 3]) {
        await store.write(key(n), bytes(n));
        await later();
      }
      store.beginLoad();
      await store.find(key(1)); // in use again
      await store.write(key(4), bytes(4)); // 400 bytes: 2 is the oldest that nobody uses
      expect(await store.find(key(2))).toBeUndefined();
      for (const n of [1, 3, 4]) expect(await store.find(key(n)), `entry ${n}`).toBeDefined();
      await later();
      await store.write(key(5), bytes(5));
      // All are in use now: a set larger than the limit is kept whole while it trains.
      for (const n of [1, 3, 4, 5]) expect(await store.find(key(n)), `entry ${n}`).toBeDefined();
    },
  );
});

it("the store in a folder passes over what another process took away while it was listed", async () => {
  const at = path.join(dir, "shared");
  const store = createFolderTokens(at, 150);
  await store.write(key(1), bytes(1));
  await symlink(path.join(at, "gone"), path.join(at, key(2))); // is listed, and is not there
  expect(await store.totalBytes()).toBe(100);
  store.beginLoad();
  await store.write(key(3), bytes(3)); // makes room
  expect(await store.find(key(1))).toBeUndefined();
  await store.removeShards([shard(2), shard(3)]);
  expect(await store.totalBytes()).toBe(0);
});

describe("the store in the browser", () => {
  it("finds what an earlier page wrote", async () => {
    const root = new FakeFolder();
    await (await opfs(1e6, root)).write(key(1), bytes(1));
    const next = await opfs(1e6, root);
    expect(await next.totalBytes()).toBe(100);
    expect(await next.find(key(1))).toBeDefined();
  });

  it("keeps token lists in memory, and says so, when its storage takes no more", async () => {
    const root = new FakeFolder();
    const store = await opfs(1e6, root);
    const tokens = await root.getDirectoryHandle("tokens");
    tokens.getFileHandle = () => Promise.reject(new DOMException("quota exceeded", "QuotaExceededError"));
    const file = await store.write(key(1), bytes(1));
    expect(await part(file, 0, 2)).toEqual([1, 1]);
    expect(store.note).toBe(
      "Token lists are kept in memory: this browser's storage took no more (quota exceeded)",
    );
  });

  it("uses memory where there is no private file system", async () => {
    const store = await openTokenStore(() => Promise.reject(new Error("not allowed")));
    expect((await store.write(key(1), bytes(1))).size).toBe(100);
    expect(store.note).toBeNull();
  });
});
