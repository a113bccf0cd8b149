// Which files of the page a run reads, and nothing else: what is carried along by a file that trains it. Fetches nothing.
import { EMBEDDED_SETS } from "../data/embeddedSets.ts";
import { MANIFEST_FILE, type Manifest } from "../data/manifest.ts";
import { parseEncoderId } from "../encoders/encoderId.ts";
import { SHIPPED_ENCODERS } from "../encoders/shippedEncoders.ts";
import { SpecError } from "../inputError.ts";
import type { PagePlace } from "../pagePlace.ts";
import { matchLanguages } from "../languages/sameLanguage.ts";
import type { Course } from "../spec/course.ts";
import { courseOf } from "../spec/lineage.ts";
import { evalLanguages, evalTarget, trainLanguages } from "../spec/resolve.ts";

export interface TrainingNeeds {
  readonly folders: readonly string[]; // of encoders, each ending in "/"
  readonly sets: ReadonlyMap<string, readonly string[]>; // id -> languages, as the run calls them
}

/** A set's manifest, and how long its file is. */
export interface ReadManifest {
  readonly manifest: Manifest;
  readonly bytes: number;
}

/**
 * @param courses of one run, or of all that a file lets choose among
 * @throws SpecError in one sentence where one reads what does not come with the lab: that stays where it is
 */
export function trainingNeeds(courses: readonly Course[]): TrainingNeeds {
  const specs = courses.flatMap(({ spec, parent }) => courseOf(spec, parent).map((stretch) => stretch.spec));
  const folders = specs.flatMap(({ encoder, loss }) =>
    [encoder.id, ...(loss.distillation === "off" ? [] : [loss.teacher])].map(folderOf),
  );
  const sets = new Map<string, readonly string[]>();
  const need = (id: string, languages: readonly string[]) => {
    if (!EMBEDDED_SETS.includes(id))
      throw new SpecError(
        `a file that trains holds the lab’s own data, ${EMBEDDED_SETS.join(", ")}: texts of ${id} stay on this machine`,
      );
    sets.set(id, [...new Set([...(sets.get(id) ?? []), ...languages])]);
  };
  for (const one of specs) {
    need(one.data.train, trainLanguages(one));
    need(evalTarget(one).datasetId, evalLanguages(one));
  }
  return { folders: [...new Set(folders)], sets };
}

function folderOf(id: string): string {
  const ref = parseEncoderId(id);
  if (ref?.kind === "random") return "models/tokenizer/";
  if (ref?.kind === "shipped" && SHIPPED_ENCODERS.includes(ref.name)) return `models/${ref.name}/`;
  throw new SpecError(
    `a file that trains holds an encoder of the lab’s own, ${SHIPPED_ENCODERS.join(", ")}: got ${id}`,
  );
}

/** A file of the page; hosts that label packed files as an encoding send them unpacked, `textBytes` long. */
export interface TrainingPlace extends PagePlace {
  readonly textBytes?: number;
}

/** Cards are to be read, not trained with. */
const isRead = (path: string) => !path.endsWith("/README.md");

/**
 * @param models every file of the lab's encoders
 * @param manifests of the sets that are needed, by id
 * @returns places in the page
 */
export function trainingPlaces(
  { folders, sets }: TrainingNeeds,
  models: readonly PagePlace[],
  manifests: ReadonlyMap<string, ReadManifest>,
): readonly TrainingPlace[] {
  const encoders = models.filter(
    ({ path }) => isRead(path) && folders.some((folder) => path.startsWith(folder)),
  );
  const data = [...sets].flatMap(([id, languages]): readonly TrainingPlace[] => {
    const { manifest, bytes } = manifests.get(id)!;
    const own = [...matchLanguages(languages, manifest.languages).values()];
    const shards = manifest.shards.filter(({ lang }) => own.includes(lang));
    const place = (path: string) => `datasets/${id}/${path}`;
    return [
      { path: place(MANIFEST_FILE), bytes },
      ...shards.map(({ path, bytes: size, textBytes }) => ({ path: place(path), bytes: size, textBytes })),
    ];
  });
  return [...data, ...encoders]; // the largest last
}
