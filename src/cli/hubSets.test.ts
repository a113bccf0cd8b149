// Belebele and NanoBEIR from a local server with the hub's layout, some languages of them, and what an evaluation prints by pair.
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { belebeleFiles, nanoFiles } from "../testing/hubSets.ts";
import { callLab } from "../testing/labCall.ts";
import type { FolderFiles } from "../testing/ownFolders.ts";
import { readRecord } from "../testing/readRecord.ts";
import { dataCommand } from "./commands/dataCommand.ts";
import { exitCode } from "./commands/commandIo.ts";

let dir = "";
const before = process.env["LAB_HOME"];
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  process.env["LAB_HOME"] = path.join(dir, "home");
});
afterAll(async () => {
  if (before === undefined) delete process.env["LAB_HOME"];
  else process.env["LAB_HOME"] = before;
  await rm(dir, { recursive: true });
});

/** `data add` with the catalogue as it is; the hub is a local server that has these files of a repository, at any revision. */
async function addFrom(repository: string, files: FolderFiles, ...args: string[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const [, place, name] = /^\/datasets\/(.+?)\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(request.url!) ?? [];
    asked.push(name!);
    const body = place === repository ? files[name!] : undefined;
    if (body === undefined) response.writeHead(404).end();
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local: typeof fetch = (url, init) => {
    const { pathname } = new URL(url as string);
    return fetch(`${hub}${pathname}`, init);
  };
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void out.push(line) };
  try {
    const places = { home: path.join(dir, "home"), download: { fetch: local, attempts: 1, backOffMs: 1 } };
    const code = await exitCode(() => dataCommand(["add", ...args], io, places), io);
    return { code, out, asked: asked.sort() };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const evaluate = async (id: string, languages: string) => {
  const out = path.join(dir, `${id}.json`);
  const args = [
    "random",
    "--data",
    id,
    "--langs",
    languages,
    "--set",
    "encoder.width=16",
    "--backend",
    "wasm",
  ];
  const said = await callLab(
    "eval",
    ...args,
    "--set",
    "evaluate.cuts=ndcg@10/pairs",
    "--out",
    out,
    "--quiet",
  );
  expect(said.code, said.err).toBe(0);
  const lines = new Map(said.out.split("\n").map((line) => line.split("\t") as [string, string]));
  return { lines, ...(await readRecord(out)) };
};

it("Belebele: fetches the files of the chosen languages only, and gives nDCG@10 of each pair", async () => {
  const added = await addFrom("mteb/belebele", belebeleFiles(), "belebele", "--langs", "en,hi,hi-Latn");
  expect(added.code, added.out.join("\n")).toBe(0);
  expect(added.asked).toEqual(["data/eng_Latn.jsonl", "data/hin_Deva.jsonl", "data/hin_Latn.jsonl"]);
  const { final, lines } = await evaluate("belebele", "en,hi,hi-Latn");
  expect([final.queries, final.pool]).toEqual([60, 36]);
  const table = final.pairs!["ndcg@10/pairs"]!;
  const mean = (...pairs: [string, string][]) =>
    (pairs.reduce((sum, [x, y]) => sum + table[x]![y]!, 0) / pairs.length).toFixed(4);
  const own = mean(["en", "en"], ["hi", "hi"], ["hi-Latn", "hi-Latn"]);
  expect(lines.get("ndcg@10/pairs question and passages in one language")).toBe(own);
  expect(lines.get("ndcg@10/mono")).toBe(own);
  expect(lines.get("ndcg@10/pairs question in another language, passages in English")).toBe(
    mean(["hi", "en"], ["hi-Latn", "en"]),
  );
  expect(lines.get("ndcg@10/pairs question in English, passages in another language")).toBe(
    mean(["en", "hi"], ["en", "hi-Latn"]),
  );
  const six = Object.keys(table).flatMap((x) => Object.keys(table).map((y): [string, string] => [x, y]));
  expect(lines.get("ndcg@10/pairs all of these pairs, as MTEB averages them")).toBe(mean(...six)); // of three: all nine
  expect(lines.get("ndcg@10/pairs")).toBe(mean(...six.filter(([x, y]) => x !== y)));
  const csv = (await callLab("report", path.join(dir, "belebele.json"), "--to", "pairs")).out.split("\r\n");
  expect(csv.filter((line) => line.includes("ndcg@10,"))).toHaveLength(9);
  expect(csv.find((line) => line.includes("ndcg@10,en,hi-Latn,"))).toContain("hin_Latn-eng_Latn");
});

it("NanoBEIR: three small files a language; questions and answers are parallel", async () => {
  const part = "MultilingualNanoNQRetrieval";
  const files = Object.fromEntries(
    Object.entries(nanoFiles("NQ", "mteb")).map(([name, content]) => [name.slice(part.length + 1), content]),
  );
  const added = await addFrom(`mteb/${part}`, files, "nanobeir-nq", "--langs", "de");
  expect(added.code, added.out.join("\n")).toBe(0);
  expect(added.asked).toEqual(
    ["corpus", "qrels", "queries"].map((role) => `de-${role}/test-00000-of-00001.parquet`),
  );
  expect((await addFrom(`mteb/${part}`, files, "nanobeir-nq", "--langs", "de,en")).code).toBe(0);
  const { final } = await evaluate("nanobeir-nq", "de,en");
  expect([final.queries, final.pool]).toEqual([8, 16]);
  expect(final.values["map/cross"]).not.toBeNull();
  expect(final.values["rankDistance"]).toBeGreaterThan(0);
  expect(final.pairs!["ndcg@10/pairs"]!["de"]!["en"]).toBeGreaterThan(0);
});

it("names the file that the hub has not, and the language that a set has not", async () => {
  const files = belebeleFiles();
  const lacking = await addFrom("mteb/belebele", files, "belebele", "--langs", "sw,yo");
  expect(lacking.code).not.toBe(0);
  expect(lacking.out.at(-1)).toMatch(/data\/yor_Latn\.jsonl.*404/);
  const unknown = await addFrom("mteb/belebele", files, "belebele", "--langs", "sw,tlh");
  expect(unknown.out.at(-1)).toMatch(/^belebele has no files in "tlh"; it has acm, af, /);
});
