// Encoders for the page: which are here, what one is made of, adding a dropped folder, removing one. Reads no weights
// beyond their headers, except to store them.
import { asDataError, DataError } from "../../core/inputError.ts";
import { checkEncoderId } from "../../core/encoders/checkEncoderId.ts";
import { isModelName } from "../../core/encoders/encoderId.ts";
import { VECTORS_OF, type EncoderInfo } from "../../core/encoders/encoderInfo.ts";
import { blobFiles } from "../../training/pretrained/checkpointFiles.ts";
import { copyCheckpoint } from "../../training/pretrained/copyCheckpoint.ts";
import { describeCheckpoint } from "../../training/pretrained/loadWeights.ts";
import type { ModelStore } from "../../training/pretrained/modelStore.ts";
import { filesOf } from "../../training/pretrained/openEncoder.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import type { DownloadShelf } from "../../training/hub/downloadShelf.ts";
import type { PagePlaces } from "../pagePlaces.ts";
import type { DataEvent, EncoderRequests, GivenFile } from "../protocol.ts";
import type { Handlers } from "../rpc.ts";

export interface EncoderStores {
  readonly models: Promise<ModelStore>;
  readonly shelf: Promise<DownloadShelf | undefined>; // of downloads
  readonly vectors: Promise<DownloadShelf | undefined>; // of teachers
}

/** @param places asked at each request: they depend on the page's address, which comes with `connect` */
export function encoderHandlers(
  places: () => PagePlaces,
  { models, shelf, vectors }: EncoderStores,
  emit: (event: DataEvent) => void,
): Handlers<EncoderRequests> {
  const inspect = async (id: string): Promise<EncoderInfo> => {
    const ref = checkEncoderId(id);
    if (ref.kind === "random") throw new DataError("random weights have the shape that the form gives them");
    const { files, hints } = await filesOf(ref, places());
    return describeCheckpoint(id, await openCheckpoint(files, hints));
  };
  return {
    async listEncoders() {
      const store = await models;
      const notes = store.note === null ? [] : [store.note];
      const encoders: EncoderInfo[] = [];
      for (const name of await store.list()) {
        const id = `local:${name}`;
        try {
          encoders.push(await inspect(id));
        } catch (error) {
          notes.push(`${id} cannot be used: ${asDataError(error).message}`); // the others stay usable
        }
      }
      return { encoders, notes };
    },
    inspectEncoder: ({ id }) => inspect(id),
    async addEncoder({ name, files }) {
      if (!isModelName(name)) {
        throw new DataError(
          `“${name}” is no name for an encoder: letters, digits, '.', '_' and '-', at most 64`,
        );
      }
      const source = blobFiles(name, withoutTopFolder(files));
      const opened = await copyCheckpoint(source, {}, await (await models).sink(name), (done, total) =>
        emit({
          type: "importing",
          message: `Storing ${name}`,
          progress: { phase: "encoder", done, total, unit: "bytes" },
        }),
      );
      return describeCheckpoint(`local:${name}`, opened);
    },
    async removeEncoder({ name }) {
      await (await models).remove(name);
      return null;
    },
    async listDownloads() {
      const ofTeachers = (await (await vectors)?.list()) ?? [];
      return [
        ...((await (await shelf)?.list()) ?? []),
        ...ofTeachers.map((kept) => ({ ...kept, id: VECTORS_OF + kept.id })),
      ];
    },
    async removeDownload({ id }) {
      if (id.startsWith(VECTORS_OF)) await (await vectors)?.remove(id.slice(VECTORS_OF.length));
      else await (await shelf)?.remove(id);
      return null;
    },
    keepWeights: ({ name }) => places().keepShipped(name),
  };
}

/** A dropped folder's own name stands before every path; the checkpoint is where its config or module list is. */
function withoutTopFolder(files: readonly GivenFile[]): Map<string, Blob> {
  const heads = files.flatMap(({ path }) => /^(.*\/)?(?:modules|config)\.json$/.exec(path)?.[1] ?? []);
  const top = files.some(({ path }) => /^(modules|config)\.json$/.test(path))
    ? ""
    : ([...heads].sort((a, b) => a.length - b.length)[0] ?? "");
  return new Map(
    files.filter(({ path }) => path.startsWith(top)).map(({ path, file }) => [path.slice(top.length), file]),
  );
}
