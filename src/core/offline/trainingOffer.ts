// What a file that trains would hold of the page's own files: how much that is, and then the files themselves. Writes no page.
import { MANIFEST_FILE, parseManifest } from "../data/manifest.ts";
import type { HeldFile } from "../html/heldFiles.ts";
import { trainingBytes, type PageTraining } from "../html/pageFile.ts";
import { gzipped } from "../gzip.ts";
import { DataError } from "../inputError.ts";
import type { Course } from "../spec/course.ts";
import { trainingNeeds, trainingPlaces, type ReadManifest, type TrainingPlace } from "./trainingFiles.ts";
import { parseTrainingParts, TRAINING_APP, TRAINING_PARTS } from "./trainingParts.ts";

/** Reads a file of the page by its place. @throws DataError in one sentence */
export type ReadFile = (path: string) => Promise<Uint8Array>;

export interface TrainingOffer {
  /** That training adds to the file; from a host that unpacks what is packed, within a hundredth of that. */
  readonly bytes: number;
  /** Reads what the file will hold. @throws DataError in one sentence */
  readParts(): Promise<PageTraining>;
}

/**
 * Reads lists alone.
 * @param courses of one run, or of all that the file lets choose among
 * @throws SpecError, DataError in one sentence where such a file cannot be made
 */
export async function offerTraining(courses: readonly Course[], read: ReadFile): Promise<TrainingOffer> {
  const needs = trainingNeeds(courses);
  const text = async (path: string) => new TextDecoder().decode(await read(path));
  const { appBytes, models } = parseTrainingParts(JSON.parse(await text(TRAINING_PARTS)));
  const manifests = new Map<string, ReadManifest>();
  for (const id of needs.sets.keys()) {
    const path = `datasets/${id}/${MANIFEST_FILE}`;
    const bytes = await read(path);
    const manifest = parseManifest(JSON.parse(new TextDecoder().decode(bytes)), path);
    manifests.set(id, { manifest, bytes: bytes.length });
  }
  const places = trainingPlaces(needs, models, manifests);
  return {
    bytes: trainingBytes(appBytes, places),
    async readParts() {
      const app = await text(TRAINING_APP);
      return { app, files: await Promise.all(places.map((place) => readWhole(place, read))) };
    },
  };
}

async function readWhole({ path, bytes, textBytes }: TrainingPlace, read: ReadFile): Promise<HeldFile> {
  const content = await read(path);
  if (content.length === bytes) return { path, content };
  if (content.length === textBytes) {
    const packed = await gzipped(content as Uint8Array<ArrayBuffer>); // what a host unpacked on the way
    return { path, content: new Uint8Array(await packed.arrayBuffer()) };
  }
  throw new DataError(`${path}: has ${content.length} bytes where its list says ${bytes}; one was changed`);
}
