// A cancel comes as an event: work that never lets one in would go on to its end, which these have not.
import { describe, expect, it } from "vitest";
import { readTable } from "../../core/formats/readTable.ts";
import { readTmx } from "../../core/formats/readTmx.ts";
import type { SidedRecord } from "../../core/data/records.ts";
import { memoryFile, type SourceFile } from "../../core/formats/sourceFile.ts";
import { createMemoryStore } from "./shardStore.ts";
import { createTurns, readInTurns } from "./turns.ts";
import { writeShards } from "./writeShards.ts";

/** Aborted by an event, as a message of the page is one. */
function cancelledSoon(): AbortSignal {
  const job = new AbortController();
  setTimeout(() => job.abort(new Error("ended at your wish")), 20);
  return job.signal;
}

/** A file without end, whose bytes are always there at once. */
function endless(name: string, start: string, piece: string): SourceFile {
  const [first, next] = [start, piece.repeat(100)].map((text) => new TextEncoder().encode(text));
  let begun = false;
  const stream = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(begun ? next!.slice() : first!);
        begun = true;
      },
    });
  return { ...memoryFile(name, ""), size: Infinity, stream };
}

describe("a cancel is heard", () => {
  it("while records without end are written", async () => {
    function* records(): Generator<SidedRecord> {
      for (let i = 0; ; i++) {
        const record = { _id: `q${i}`, text: "text", lang: "en", concept: "c", split: "train" } as const;
        yield { side: "queries", record };
      }
    }
    const store = createMemoryStore(null);
    const facts = { id: "toy", title: "", licence: "", citation: "", source: "" };
    await expect(writeShards(facts, records(), await store.sink("toy"), cancelledSoon())).rejects.toThrow(
      "ended at your wish",
    );
    expect(await store.list()).toEqual([]);
  });

  it.each([
    ["JSON lines", "a.jsonl", "", '{"a":1}\n'],
    ["TSV", "a.tsv", "a\tb\n", "1\t2\n"],
    ["CSV", "a.csv", "a,b\n", "1,2\n"],
  ])("while %s without end are read", async (_, name, start, piece) => {
    const read = async () => {
      for await (const row of readTable(readInTurns(endless(name, start, piece), cancelledSoon()))) void row;
    };
    await expect(read()).rejects.toThrow("ended at your wish");
  });

  it("while XML without end is read", async () => {
    const unit = '<tu tuid="1"><tuv xml:lang="en"><seg>a</seg></tuv></tu>';
    const file = readInTurns(endless("a.tmx", "<tmx><body>", unit), cancelledSoon());
    await expect(readTmx(file)).rejects.toThrow("ended at your wish");
  });
});

it("work that is not cancelled is left alone", async () => {
  const file = readInTurns(memoryFile("a.jsonl", '{"a":1}\n{"a":2}\n'), new AbortController().signal);
  const rows: unknown[] = [];
  for await (const { fields } of readTable(file)) rows.push(fields);
  expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
  expect(new TextDecoder().decode(await file.bytes(1, 4))).toBe('"a"');
  expect(createTurns(undefined)()).toBeUndefined();
});
