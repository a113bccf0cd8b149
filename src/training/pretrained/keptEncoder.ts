// The encoders of the last runs, opened once: the next run of the same one reads no file again. Trains nothing.
import { parseEncoderId } from "../../core/encoders/encoderId.ts";
import type { LoadedEncoder, StartEncoder } from "./startEncoder.ts";

export interface KeptEncoder {
  /** The encoder of an id, from memory where it is one of the last and cannot have changed since. */
  open(id: string, open: () => Promise<StartEncoder>): Promise<StartEncoder>;
}

/** @param most that are held; 1: the last one, and nothing while the next is read */
export function createKeptEncoder(most = 1): KeptEncoder {
  const held = new Map<string, Promise<StartEncoder>>(); // oldest use first
  return {
    open(id, open) {
      const known = held.get(id);
      if (known) {
        held.delete(id);
        held.set(id, known); // at the young end
        return known;
      }
      for (const old of held.keys()) if (held.size >= most) held.delete(old); // before the next one is read
      const encoder = open();
      const kind = kindOf(id);
      if (kind === "changing") return encoder;
      const own = kind === "drawn" ? encoder : encoder.then(withKeptWeights);
      held.set(id, own);
      own.catch(() => {
        if (held.get(id) === own) held.delete(id); // asked again, it is tried again
      });
      return own;
    },
  };
}

/** What comes with the page and a commit stay as they are; "drawn" weights are the seed's. */
function kindOf(id: string): "drawn" | "fixed" | "changing" {
  const ref = parseEncoderId(id);
  if (ref?.kind === "random") return "drawn";
  const isFixed = ref?.kind === "shipped" || (ref?.kind === "hub" && /^[0-9a-f]{40}$/.test(ref.revision));
  return isFixed ? "fixed" : "changing";
}

/**
 * A checkpoint's rows as they were last taken, while the same are asked for; int8 rows as their codes. Nobody writes into weights: a
 * run starts from copies.
 */
export function withKeptWeights(encoder: StartEncoder): StartEncoder {
  let last:
    { readonly asked: string; readonly pieceIds: Int32Array; readonly take: () => LoadedEncoder } | undefined;
  return {
    ...encoder,
    loadOwn: (...asked) => encoder.load(...asked),
    async load(spec, pieceIds, random, onProgress, longestText = Infinity) {
      const asked = JSON.stringify([spec, String(longestText)]);
      if (last?.asked === asked && isSame(last.pieceIds, pieceIds)) return last.take();
      last = undefined;
      const loaded = await encoder.load(spec, pieceIds, random, onProgress, longestText);
      last = { asked, pieceIds, take: keepable(loaded) };
      return loaded;
    },
  };
}

function keepable(loaded: LoadedEncoder): () => LoadedEncoder {
  const { weights: _, again, ...facts } = loaded;
  return again ? made({ ...facts, again }) : () => loaded;
}

type Remade = Omit<LoadedEncoder, "weights"> & Required<Pick<LoadedEncoder, "again">>;
/** A function of its own: one that stood beside `() => loaded` would hold that, too. */
const made = (facts: Remade) => (): LoadedEncoder => ({ ...facts, weights: facts.again() });

const isSame = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((id, i) => id === b[i]);
