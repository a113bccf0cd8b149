// The encoder of the last run, opened once: the next run of the same one reads no file again. Trains nothing.
import { parseEncoderId } from "../../core/encoders/encoderId.ts";
import type { LoadedEncoder, StartEncoder } from "../../training/pretrained/startEncoder.ts";

export interface KeptEncoder {
  /** The encoder of an id, from memory where it is the last one and cannot have changed since. */
  open(id: string, open: () => Promise<StartEncoder>): Promise<StartEncoder>;
}

export function createKeptEncoder(): KeptEncoder {
  let last: { readonly id: string; readonly encoder: Promise<StartEncoder> } | undefined;
  return {
    open(id, open) {
      if (last?.id === id) return last.encoder;
      last = undefined; // before the next one is read: only one is held
      const encoder = open();
      const kind = kindOf(id);
      if (kind === "changing") return encoder;
      const own = { id, encoder: kind === "drawn" ? encoder : encoder.then(withKeptWeights) };
      last = own;
      own.encoder.catch(() => {
        if (last === own) last = undefined; // asked again, it is tried again
      });
      return own.encoder;
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

/** A checkpoint's rows as they were last taken, while the same are asked for. Nobody writes into weights: a run starts from copies. */
export function withKeptWeights(encoder: StartEncoder): StartEncoder {
  let last:
    { readonly asked: string; readonly pieceIds: Int32Array; readonly loaded: LoadedEncoder } | undefined;
  return {
    ...encoder,
    async load(spec, pieceIds, random, onProgress, longestText = Infinity) {
      const asked = JSON.stringify([spec, String(longestText)]);
      if (last?.asked === asked && isSame(last.pieceIds, pieceIds)) return last.loaded;
      last = undefined;
      const loaded = await encoder.load(spec, pieceIds, random, onProgress, longestText);
      last = { asked, pieceIds, loaded };
      return loaded;
    },
  };
}

const isSame = (a: Int32Array, b: Int32Array) => a.length === b.length && a.every((id, i) => id === b[i]);
