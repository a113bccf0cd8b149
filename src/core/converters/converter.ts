// What turns the files a benchmark is published as into records. Never fetches, hashes or writes.
import type { SourceFile } from "../formats/sourceFile.ts";
import type { SidedRecord } from "../data/records.ts";

/** One catalogue entry's way in; the page's drop, the command line and the download all use it. */
export interface Converter {
  readonly datasetId: string;
  /** The files it needs, for errors and for help: names or patterns such as "tatoeba.*-eng.*". */
  readonly fileNames: readonly string[];
  /**
   * True when the files (paths as unpackFiles gives them, in any order, others may be among them) are enough.
   * @param languages only texts in these are wanted, of files known to be this set's; undefined: all, of files that
   *   may be anyone's
   */
  accepts(names: readonly string[], languages?: readonly string[]): boolean;
  /**
   * Records in a fixed order, whatever the order of `files`; files it does not know are left unread. The files that the
   * catalogue lists for some languages give the same records in these languages as all files do, but for concepts that only
   * other languages ask for.
   * @param files without archives: as unpackFiles gives them
   * @param report is told of everything that is left out
   * @throws DataError naming file, place and what is wrong
   */
  convert(files: readonly SourceFile[], report: ConversionReport): AsyncGenerator<SidedRecord>;
}

/** What a conversion left out or found odd, and why: nothing is dropped in silence. */
export interface ConversionReport {
  /**
   * @param what in the plural, fit for "Left out: 12 …" and "Left out once: …"
   * @param where the place, of which the first is told
   * @param pair "sw > en" for a question that no passage of those languages answers: told apart by pair
   */
  leaveOut(what: string, where: string, pair?: string): void;
  /** As leaveOut, for things that were kept: "Noted: 12 …". */
  remark(what: string, where: string): void;
  /** A whole sentence, told once: 'Noted: …'. */
  note(sentence: string): void;
  /** One sentence per kind of thing, in the order they first occurred. */
  notes(): readonly string[];
}

interface Kind {
  readonly verb: string;
  readonly what: string;
  readonly first: string;
  readonly pairs: Map<string, number>;
  count: number;
}

export function createReport(): ConversionReport {
  const kinds = new Map<string, Kind | undefined>(); // undefined: the key is the sentence
  const add = (verb: string, what: string, first: string, pair?: string) => {
    const kind = kinds.get(verb + what) ?? { verb, what, first, pairs: new Map<string, number>(), count: 0 };
    kinds.set(verb + what, kind);
    kind.count++;
    if (pair !== undefined) kind.pairs.set(pair, (kind.pairs.get(pair) ?? 0) + 1);
  };
  return {
    leaveOut: (what, where, pair) => add("Left out", what, where, pair),
    remark: (what, where) => add("Noted", what, where),
    note: (sentence) => void kinds.set(sentence, undefined),
    notes: () =>
      [...kinds].map(([sentence, kind]) => {
        if (!kind) return sentence;
        const { verb, what, first, pairs, count } = kind;
        const each = [...pairs]
          .sort()
          .map(([pair, n]) => `${pair} ${n}`)
          .join(", ");
        const byPair = each === "" ? "" : `. By query > passage language: ${each}`;
        const often = count === 1 ? " once:" : `: ${count}`; // what is told is in the plural
        return `${verb}${often} ${what} (first: ${first})${byPair}`;
      }),
  };
}
