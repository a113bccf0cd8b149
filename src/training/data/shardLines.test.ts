// That a row read alone is the row read with all others, whatever stands in it.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Shard } from "../../core/data/manifest.ts";
import { formatRecord } from "../../core/data/parseRecord.ts";
import { createShardLines } from "./shardLines.ts";

const shardOf = (count: number) => ({ lang: "de", side: "passages", count }) as Shard; // all that is looked at
const linesOf = (text: string, count: number) =>
  createShardLines(new TextEncoder().encode(text), "toy/passages/de.jsonl.gz", shardOf(count));
const lineOf = (_id: string, text: string) =>
  formatRecord({ side: "passages", record: { _id, text, lang: "de", concepts: ["a"], split: "train" } });

it("reads each row alone as among the others, with and without a last line break", () => {
  const texts = fc.array(fc.string({ unit: "binary" }).map((text) => `x${text}\n\ud800語`));
  fc.assert(
    fc.property(texts, fc.boolean(), (texts, ends) => {
      const text =
        texts.map((text, i) => lineOf(`${i}`, text)).join("\n") + (ends && texts.length > 0 ? "\n" : "");
      const lines = linesOf(text, texts.length);
      const rows = lines.rows();
      expect(rows.map((row) => row.text)).toEqual(texts);
      expect(rows.map((_, i) => lines.row(i))).toEqual(rows);
    }),
  );
});

it("refuses a line that is not there, and a count that is not the manifest's", () => {
  const text = `${lineOf("a", "eins")}\n${lineOf("b", "zwei")}\n`;
  for (const line of [-1, 2, NaN]) expect(() => linesOf(text, 2).row(line)).toThrow(RangeError);
  expect(() => linesOf(text, 3).rows()).toThrow(
    "toy/passages/de.jsonl.gz: 2 lines, the manifest states 3 records",
  );
});
