// The command as a person meets it: lines and exit codes. Files are invented; downloads come from a local server.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { xquadR } from "../../core/collections/xquadR.ts";
import { exitCode } from "./commandIo.ts";
import { dataCommand, type DataPlaces } from "./dataCommand.ts";

let home: string;
let from: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lab-"));
  from = path.join(home, "originals");
  await mkdir(from);
  for (const name of xquadR.fileNames) await writeFile(path.join(from, name), CONTENT);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** One article, one paragraph of two sentences, one question. */
const CONTENT = JSON.stringify({
  data: [
    {
      paragraphs: [
        {
          context: "Grey cats. Red foxes.",
          sentence_breaks: [
            [0, 10],
            [11, 21],
          ],
          sentences: ["Grey cats.", "Red foxes."],
          qas: [{ id: "q0", question: "Which colour?", answers: [{ answer_start: 0, text: "Grey" }] }],
        },
      ],
    },
  ],
});

async function lab(args: string[], places: DataPlaces = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await exitCode(() => dataCommand(args, io, { home, ...places }), io);
  return { code, out, err };
}
const added = () => path.join(home, "datasets", "xquad-r");

describe("data add --from", () => {
  it("converts, reports counts per language, and can be listed and verified", async () => {
    expect((await lab(["list"])).out.find((l) => l.startsWith("xquad-r "))).toContain("not added");
    const { code, out, err } = await lab(["add", "xquad-r", "--from", from]);
    expect([code, err]).toEqual([0, []]);
    expect(out.slice(0, 2)).toEqual(["language\tqueries\tpassages", "ar\t1\t2"]);
    expect(out.at(-2)).toBe("all\t11\t22");
    expect(out.at(-1)).toContain(`xquad-r: added to ${added()}, sha256 `);
    expect((await lab(["list"])).out.find((l) => l.startsWith("xquad-r "))).toContain("ready");
    const verified = await lab(["verify", "xquad-r"]);
    expect(verified.code).toBe(0);
    expect(verified.out[0]).toMatch(/^xquad-r: intact, 22 shards, 33 records, sha256 /);
  });

  it("names a bad file and leaves nothing behind", async () => {
    await writeFile(path.join(from, "tr.json"), "{");
    const { code, err } = await lab(["add", "xquad-r", "--from", from]);
    expect([code, err.length]).toEqual([2, 1]);
    expect(err[0]).toContain(`${from}: originals/tr.json is not JSON: `);
    expect(await readdir(path.join(home, "datasets"))).toEqual([]);
  });

  it("names missing files and a missing folder", async () => {
    await rm(path.join(from, "el.json"));
    await rm(path.join(from, "zh.json"));
    const some = await lab(["add", "xquad-r", "--from", from]);
    expect([some.code, some.err]).toEqual([
      2,
      [`${from}: el.json, zh.json missing; xquad-r is made from all of its files`],
    ]);
    const none = await lab(["add", "xquad-r", "--from", "/no/such/folder"]);
    expect([none.code, none.err]).toEqual([2, ["--from /no/such/folder: there is no such folder"]]);
  });
});

describe("data add from the official addresses", () => {
  /** A catalogue whose xquad-r and Mr. TyDi live on a local server that serves `files`. */
  let asked: string[] = [];
  async function withServer(
    files: Record<string, string | Uint8Array>,
    act: (places: DataPlaces) => Promise<void>,
  ) {
    asked = [];
    const server = createServer((request, response) => {
      asked.push((request.url ?? "").slice(1));
      const body = files[asked.at(-1)!];
      if (body === undefined) response.writeHead(404).end();
      else response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const catalogFile = path.join(home, "catalog.json");
    const catalog = JSON.parse(await readFile("public/datasets/catalog.json", "utf8")) as {
      datasets: { id: string; files: { name: string; url: string; bytes: number; sha256: string }[] }[];
    };
    for (const file of catalog.datasets.find(({ id }) => id === "xquad-r")!.files) {
      const sha256 = createHash("sha256").update(CONTENT).digest("hex");
      Object.assign(file, { url: `https://lab.test/${file.name}`, bytes: CONTENT.length, sha256 });
    }
    for (const file of catalog.datasets.find(({ id }) => id === "mr-tydi")!.files)
      file.url = `https://lab.test/${file.name}`;
    await writeFile(catalogFile, JSON.stringify(catalog));
    // The catalogue asks for https; the test's server has no certificate.
    const local: typeof fetch = (url, init) =>
      fetch((url as string).replace("https://lab.test", `http://127.0.0.1:${port}`), init);
    try {
      await act({ catalogFile, download: { fetch: local, attempts: 2, backOffMs: 1 } });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const all = () => Object.fromEntries(xquadR.fileNames.map((name) => [name, CONTENT]));

  it("downloads, checks and converts, to the same dataset as from a folder", async () => {
    await withServer(all(), async (places) => {
      const { code, out } = await lab(["add", "xquad-r"], places);
      expect(code).toBe(0);
      const quiet = await lab(["add", "xquad-r", "--quiet"], places);
      expect(out.filter((line) => !/^\w+\.json: .* MB downloaded/.test(line))).toEqual(quiet.out);
      expect(out.length).toBe(quiet.out.length + 11); // a line a file
      const local = await lab(["add", "xquad-r", "--from", from]);
      expect(out.at(-1)).toBe(local.out.at(-1));
    });
  });

  it("asks only for the files of chosen languages, and says which in the manifest", async () => {
    await withServer({ "de.json": CONTENT, "th.json": CONTENT }, async (places) => {
      const { code, out } = await lab(["add", "xquad-r", "--langs", "th,de"], places);
      expect(code).toBe(0);
      expect(out.slice(-3, -1)).toEqual(["all\t2\t4", "Noted: texts in th, de only, as chosen"]); // one question, two sentences
      await rm(path.join(from, "el.json"));
      const local = await lab(["add", "xquad-r", "--langs", "th,de", "--from", from]); // a folder that lacks others
      expect(out.at(-1)).toBe(local.out.at(-1));
      const lacking = await lab(["add", "xquad-r", "--langs", "el,de", "--from", from]);
      expect([lacking.code, lacking.err]).toEqual([
        2,
        [`${from}: el.json missing; xquad-r is made from all of its files in the languages chosen`],
      ]);
      const other = await lab(["add", "xquad-r", "--langs", "sw"], places);
      expect([other.code, other.err[0]]).toEqual([
        2,
        `xquad-r has no files in "sw"; it has ar, de, el, en, es, hi, ru, th, tr, vi, zh`,
      ]);
    });
  });

  it("fetches Mr. TyDi by language, and holds later downloads to what the first one brought", async () => {
    const at = "mrtydi-v1.1-swahili";
    const passages = [
      { docid: "1#0", title: "Mji", text: "Nairobi." },
      { docid: "1#1", title: "Ziwa", text: "Viktoria." },
      { docid: "2#0", title: "", text: "Bahari." },
    ];
    const files: Record<string, string | Uint8Array> = {
      [`${at}/ir-format-data/topics.train.txt`]: "0\tMji mkuu?\n",
      [`${at}/ir-format-data/qrels.train.txt`]: "0 Q0 1#0 1\n",
      [`${at}/ir-format-data/topics.dev.txt`]: "1\tZiwa gani?\n",
      [`${at}/ir-format-data/qrels.dev.txt`]: "1 Q0 1#1 1\n",
      [`${at}/ir-format-data/topics.test.txt`]: "2\tWapi?\n",
      [`${at}/ir-format-data/qrels.test.txt`]: "2 Q0 1#0 1\n2 Q0 1#1 1\n",
      [`${at}/corpus.jsonl.gz`]: gzipSync(passages.map((passage) => JSON.stringify(passage)).join("\n")),
    };
    await withServer(files, async (places) => {
      const whole = await lab(["add", "mr-tydi"], places);
      expect([whole.code, whole.err]).toEqual([
        2,
        ["mr-tydi is downloaded by language: --langs with some of ar,bn,en,fi,id,ja,ko,ru,sw,te,th"],
      ]);
      const { code, out, err } = await lab(["add", "mr-tydi", "--langs", "sw"], places);
      expect([code, err]).toEqual([0, []]);
      expect(asked.sort()).toEqual(Object.keys(files).sort());
      expect(out.slice(8, -1)).toEqual([
        "language\tqueries\tpassages",
        "sw\t3\t3",
        "all\t3\t3",
        "Noted: texts in sw only, as chosen",
      ]);
      files[`${at}/ir-format-data/topics.test.txt`] = "2\tLini?\n";
      const later = await lab(["add", "mr-tydi", "--langs", "sw"], places);
      expect(later.code).toBe(1);
      expect(later.err[0]).toMatch(
        /topics\.test\.txt: .* \(noted at the first download; delete .*mr-tydi\.pins\.json to accept another\)$/,
      );
    });
  });

  it("fails with the address when a file is missing, cut or another", async () => {
    for (const [body, reason] of [
      [undefined, "the server answered 404"],
      [CONTENT.slice(1), `is ${CONTENT.length - 1} bytes long, the catalogue states ${CONTENT.length}`],
      [CONTENT.replace("Grey", "Gray"), "the catalogue states"],
    ] as const) {
      const { "ru.json": _, ...others } = all();
      await withServer(body === undefined ? others : { ...others, "ru.json": body }, async (places) => {
        const { code, err } = await lab(["add", "xquad-r"], places);
        expect([code, err.length]).toEqual([1, 1]);
        expect(err[0]).toMatch(/^https:\/\/lab\.test\/ru\.json: /);
        expect(err[0]).toContain(reason);
        expect(existsSync(added())).toBe(false);
      });
    }
  });
});

describe("data verify", () => {
  it("names the damaged file and exits 1", async () => {
    await lab(["add", "xquad-r", "--from", from]);
    const file = path.join(added(), "hi", "queries.train.0.jsonl.gz");
    const bytes = await readFile(file);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(file, bytes);
    const { code, err } = await lab(["verify", "xquad-r"]);
    expect([code, err.length]).toEqual([1, 1]);
    expect(err[0]).toContain(`${file}: sha256 is`);
  });

  it("tells a set that is not added from one that does not exist", async () => {
    const notAdded = await lab(["verify", "xquad-r"]);
    expect(notAdded.code).toBe(2);
    expect(notAdded.err[0]).toMatch(/^xquad-r is not added yet; there is /);
    const unknown = await lab(["verify", "nope"]);
    expect(unknown.code).toBe(2);
    expect(unknown.err[0]).toMatch(/^There is no dataset "nope"; the catalogue has cldr-emoji, /);
  });
});

describe("bad arguments", () => {
  it.each([
    [[], "what to do is missing"],
    [["fetch"], 'unknown "fetch"'],
    [["add"], "name a set"],
    [["add", "nope"], 'There is no dataset "nope"'],
    [["add", "nope"], "; files of your own: npm run lab -- data add NAME --from DIR"],
    [["add", "./pairs.csv"], "data add NAME --from ./pairs.csv"],
    [["add", "cldr-emoji"], "cldr-emoji is embedded"],
    [["add", "xquad-r", "--form", "x"], "usage: lab data"],
    [["list", "xquad-r"], "too many arguments"],
    [["verify", "--from", "x"], "--from belongs to add"],
  ])("%j exits 2 with one line", async (args, message) => {
    const { code, out, err } = await lab(args);
    expect([code, out, err.length]).toEqual([2, [], 1]);
    expect(err[0]).toContain(message);
    expect(err[0]).not.toContain("\n");
  });
});
