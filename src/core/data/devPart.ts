// Which rows of a dataset are its dev part: rows for training that a run which is evaluated on dev leaves out of it. A function
// of names, so the same on every machine and for any choice of languages; the manifest knows nothing of it (ADR 36).
import { hash32 } from "../random.ts";
import type { Split } from "./records.ts";

/** Of what there is to train on, in units: concepts, or the paragraphs that questions were asked about. */
export const DEV_SHARE = 0.2;

export function isDevUnit(unit: string): boolean {
  return (hash32(`dev ${unit}`, 0x811c9dc5) >>> 0) / 2 ** 32 < DEV_SHARE;
}

/** Without the language that ids and clusters begin with: "en:a12p3" and "de:a12p3" are one paragraph. */
const bareName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Whether a passage without a concept is in the dev part: a sentence goes with its paragraph ("en:a12p3s0"). */
export const isDevDistractor = (id: string): boolean => isDevUnit(bareName(id).replace(/s\d+$/, ""));

const [BY_NAME, CLUSTERED, BY_CLUSTER, TRAINED, ASKED] = [1, 2, 4, 8, 16];

/** Gathers what is told of each concept; concepts are numbers from 0 in the order of their first appearance. */
export interface DevConcepts {
  told(concept: number, name: string): void;
  asked(concept: number, split: Split, cluster: string | undefined): void;
  /** Once all rows were told of. */
  has(concept: number): boolean;
}

/**
 * A concept is in the dev part by its cluster's name, or by its own where its questions have none. So is one that only dev
 * queries ask for: a published dev set.
 */
export function createDevConcepts(): DevConcepts {
  let flags = new Uint8Array(2 ** 10);
  let size = 0;
  return {
    told(concept, name) {
      if (concept < size) return;
      if (concept >= flags.length) {
        const short = flags;
        flags = new Uint8Array(2 * short.length);
        flags.set(short);
      }
      size = concept + 1;
      flags[concept] = isDevUnit(name) ? BY_NAME : 0;
    },
    asked(concept, split, cluster) {
      if (split === "train") flags[concept]! |= TRAINED;
      if (split === "dev") flags[concept]! |= ASKED;
      if (cluster !== undefined)
        flags[concept]! |= CLUSTERED | (isDevUnit(bareName(cluster)) ? BY_CLUSTER : 0);
    },
    has(concept) {
      const is = (flag: number) => (flags[concept]! & flag) !== 0;
      if (is(ASKED) && !is(TRAINED)) return true;
      return is(CLUSTERED) ? is(BY_CLUSTER) : is(BY_NAME);
    },
  };
}
