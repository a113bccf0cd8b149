// Names of a backup's entries, and entries by what they belong to. Reads none of them.
import { HEAD_NAME } from "../../core/backup/backupFile.ts";
import type { ArchiveEntry } from "../../core/backup/tarArchive.ts";

export const runName = (n: number) => `runs/${n}.json.gz`;
export const runStartName = (n: number) => `run-starts/${n}.json.gz`;
export const studyName = (n: number) => `studies/${n}/study.json.gz`;
export const resultName = (n: number, m: number) => `studies/${n}/${m}.json.gz`;
export const studyStartName = (n: number) => `study-starts/${n}.json.gz`;
export const manifestName = (n: number) => `datasets/${n}/manifest.json`;
export const shardName = (n: number, m: number) => `datasets/${n}/${m}`;
export const encoderName = (n: number) => `encoders/${n}/files.json.gz`; // {name, paths}
export const encoderFileName = (n: number, m: number) => `encoders/${n}/${m}`;

const KNOWN = [
  /^(runs|run-starts|study-starts)\/\d+\.json\.gz$/,
  /^studies\/\d+\/(study|\d+)\.json\.gz$/,
  /^datasets\/\d+\/(manifest\.json|\d{1,6})$/,
  /^encoders\/\d+\/(files\.json\.gz|\d+)$/,
];

export interface BackupParts {
  readonly byName: ReadonlyMap<string, Blob>;
  readonly runs: readonly string[];
  readonly studies: readonly number[];
  /** Of one study, by its number. */
  results(n: number): readonly string[];
  readonly datasets: readonly number[];
  shards(n: number): readonly (Blob | undefined)[];
  readonly encoders: readonly number[];
  readonly strangers: readonly string[]; // names that no backup has
}

export function partsOf(entries: readonly ArchiveEntry[]): BackupParts {
  const byName = new Map(entries.map(({ name, content }) => [name, content]));
  const names = [...byName.keys()];
  const matching = (pattern: RegExp) => names.filter((name) => pattern.test(name));
  /** Numbers of what a pattern's first group finds, each once. */
  const numbers = (pattern: RegExp) => [
    ...new Set(names.flatMap((name) => (pattern.exec(name) ? [Number(pattern.exec(name)![1])] : []))),
  ];
  const ofStudy = new Map<number, string[]>();
  for (const name of matching(/^studies\/\d+\/\d+\.json\.gz$/)) {
    const n = Number(name.split("/")[1]);
    const own = ofStudy.get(n) ?? [];
    own.push(name);
    ofStudy.set(n, own);
  }
  return {
    byName,
    runs: matching(/^runs\/\d+\.json\.gz$/),
    studies: numbers(/^studies\/(\d+)\//),
    results: (n) => ofStudy.get(n) ?? [],
    datasets: numbers(/^datasets\/(\d+)\//),
    shards(n) {
      const own = new RegExp(`^datasets/${n}/(\\d{1,6})$`);
      const list: (Blob | undefined)[] = [];
      for (const name of matching(own)) list[Number(own.exec(name)![1])] = byName.get(name);
      return list;
    },
    encoders: numbers(/^encoders\/(\d+)\//),
    strangers: names.filter((name) => name !== HEAD_NAME && !KNOWN.some((known) => known.test(name))),
  };
}
