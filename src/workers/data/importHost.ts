// New datasets for the page: what given files are, converting them, downloads and what they left. One import at a time.
import type { RunProgress } from "../../core/run/progress.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { filesFor } from "../../core/data/catalogFiles.ts";
import { DataError } from "../../core/inputError.ts";
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { blobFile, tapped, type SourceFile } from "../../core/formats/sourceFile.ts";
import type { ShardStore } from "../../training/data/shardStore.ts";
import type { DownloadStore } from "../../training/download/downloadStore.ts";
import { fetchFiles } from "../../training/download/fetchFiles.ts";
import { importFiles } from "../../training/download/importFiles.ts";
import { inspectFiles } from "../../training/download/inspectFiles.ts";
import { readInTurns } from "../../training/data/turns.ts";
import { pulse } from "../../training/engine/pulse.ts";
import type { DataEvent, GivenFile, ImportRequests } from "../protocol.ts";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import type { Handlers } from "../rpc.ts";

export interface ImportHostDeps {
  catalog(): Promise<readonly CatalogEntry[]>;
  describe(manifest: Manifest, origin: DatasetInfo["origin"], entries: readonly CatalogEntry[]): DatasetInfo;
  readonly store: Promise<ShardStore>;
  readonly downloads: Promise<DownloadStore>;
}

export function importHandlers(
  { catalog, describe, store, downloads }: ImportHostDeps,
  emit: (event: DataEvent) => void,
): Handlers<ImportRequests> {
  let job: AbortController | undefined;
  /** One at a time, and one that can be ended. */
  const working = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (job) throw new DataError("another dataset is being added; wait for it or end it first");
    job = new AbortController();
    try {
      return await work(job.signal);
    } finally {
      job = undefined;
    }
  };
  const tell = (message: string, progress: RunProgress, texts?: number) =>
    emit({ type: "importing", message, progress, ...(texts !== undefined && { texts }) });
  const filesOf = (given: readonly GivenFile[]) =>
    given.map(({ path, file }) => pulsing(blobFile(path, file)));
  const add = async (
    files: readonly SourceFile[],
    signal: AbortSignal,
    choices: ImportChoices,
    notes: readonly string[] = [],
  ) => {
    const entries = await catalog();
    const manifests = await importFiles(files, {
      entries,
      signal,
      choices,
      notes,
      store: await store,
      onProgress: ({ title, read, bytes, texts }) =>
        tell(`Converting ${title}`, { phase: "download", done: read, total: bytes, unit: "bytes" }, texts),
    });
    return describe(manifests[0]!, "added", entries);
  };
  return {
    inspectFiles: ({ files }) =>
      working(async (signal) => {
        const given = filesOf(files).map((file) => readInTurns(file, signal));
        return inspectFiles(given, await catalog());
      }),

    importFiles: ({ files, choices = {} }) => working((signal) => add(filesOf(files), signal, choices)),

    download: ({ id, languages }) =>
      working(async (signal) => {
        const entry = (await catalog()).find((known) => known.id === id);
        if (!entry || entry.files.length === 0) throw new DataError(`${id} has no address to download from`);
        const wanted = filesFor(entry, languages);
        const kept = await downloads;
        await kept.begin(id, languages);
        const notes: string[] = [];
        let at: RunProgress = { phase: "download", done: 0, total: 0, unit: "bytes" };
        const fetched = await fetchFiles(wanted, {
          part: (name) => kept.part(id, name),
          signal,
          onUnchecked: (name, sha256) =>
            notes.push(`Noted: ${name} was not checked against a published hash; its SHA-256 is ${sha256}`),
          onProgress(done, total) {
            at = { ...at, done, total };
            tell(`Downloading ${entry.title}`, at);
          },
          onTrouble: (said) => tell(`Downloading ${entry.title}. ${said}`, at),
        });
        const choices = { only: [id], ...(languages && { languages }) };
        const info = await add(fetched.map(pulsing), signal, choices, notes);
        await kept.discard(id);
        return info;
      }),

    cancelImport() {
      job?.abort(new DataError("ended at your wish; nothing was added"));
      return null;
    },

    async discardDownload({ id }) {
      await (await downloads).discard(id);
      return null;
    },
  };
}

/** The file, of which each piece that is read is a sign of life: conversion may let no message in for long. */
const pulsing = (file: SourceFile): SourceFile => tapped(file, () => pulse());
