// Byte-pair files and the ids of texts, as scripts/parity/bpe.py wrote them. Computes nothing.
import { readFileSync } from "node:fs";

export interface BpeFixture {
  readonly texts: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly tokenizer: object; // a tokenizer.json
    readonly ids: readonly (readonly number[])[]; // of each text
  }[];
}

export function bpeFixture(): BpeFixture {
  const file = new URL("../../training/text/bpe.fixture.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as BpeFixture; // committed with the script that makes it
}
