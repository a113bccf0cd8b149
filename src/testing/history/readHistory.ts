// Reads what old commits made and said (README.md beside it). Judges nothing.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ExpectedResult } from "../../core/spec/link.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";

export const HISTORY = import.meta.dirname;

/** What `lab replay` printed, and its exit code. */
export interface Replayed {
  readonly exit: number;
  readonly out: readonly string[];
}
/** A link as an old `decodeLink` read it; the preset by its name. The spec has the fields of that time only. */
export interface OldDecoded {
  readonly preset: string;
  readonly spec: Partial<ExperimentSpec>;
  readonly expected?: ExpectedResult;
  readonly problems: readonly { readonly path: string; readonly outcome: string; readonly message: string }[];
  readonly unknown: Readonly<Record<string, string>>;
}
/** What a commit said of its own. */
export interface Said {
  readonly records: Readonly<Record<string, { readonly digest: string; readonly replay: Replayed }>>;
  readonly links: Readonly<
    Record<string, { readonly link: string; readonly decoded: OldDecoded; readonly replay?: Replayed }>
  >;
}
/** What the last commit of 0.2 said of everything older, by "commit/name", and of pairs of one spec. */
export interface Verdicts {
  readonly records: Said["records"];
  readonly links: Readonly<Record<string, { readonly decoded?: OldDecoded; readonly replay?: Replayed }>>;
  readonly pairs: readonly {
    readonly expected: string;
    readonly got: string;
    readonly sameMaker: boolean;
    readonly verdict: string;
    readonly differences: number;
  }[];
  readonly oddLinks: readonly { readonly link: string; readonly decoded: OldDecoded }[];
}

/** What a page kept in its browser, and the link it shared. */
export interface PageState {
  readonly link: string;
  readonly version: number; // of the database
  readonly stores: Readonly<Record<string, readonly { readonly key: string; readonly value: unknown }[]>>;
  readonly localStorage: Readonly<Record<string, string>>;
}

/** @param file below this folder */
export const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(HISTORY, file), "utf8"));

/** Those whose files are here, oldest first. */
export const COMMITS = ["48af60d", "8f5832e", "c9e9323", "497d8ca"].filter((commit) =>
  existsSync(path.join(HISTORY, commit, "said.json")),
);

export const saidBy = (commit: string) => readJson(`${commit}/said.json`) as Said;
export const verdicts = () => readJson("verdicts.json") as Verdicts;

/** "commit/name" of every record. */
export const RECORDS = COMMITS.flatMap((commit) =>
  Object.keys(saidBy(commit).records).map((name) => `${commit}/${name}`),
);

/** Encoder folders below 497d8ca/encoders, each with the record of its evaluation. `sentence` is `with-unread-files` without them. */
export const ENCODERS = ["bare", "with-unread-files", "dense", "halves-of-xlmr"];

/** Of `now`, the fields that `old` has: what came later is left out, and nothing else. */
export function fieldsOf(old: object, now: object): object {
  const pick = (of: object, from: object) =>
    Object.keys(of).map((key) => [key, (from as Record<string, unknown>)[key]] as const);
  return Object.fromEntries(
    pick(old, now).map(([group, value]) => {
      const before = (old as Record<string, unknown>)[group];
      const isGroup =
        typeof before === "object" && before !== null && typeof value === "object" && value !== null;
      return [group, isGroup ? Object.fromEntries(pick(before, value)) : value];
    }),
  );
}

/** A value as IndexedDB held it, from the JSON that makePageState.mjs wrote. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name, base64] = entries[0] ?? [];
  const make = { Float32Array, Int32Array, Uint16Array }[String(name)];
  if (make) return new make(new Uint8Array(Buffer.from(base64 as string, "base64")).buffer);
  return Object.fromEntries(entries.map(([key, inner]) => [key, revived(inner)]));
}
