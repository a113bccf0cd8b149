// The corpora of the last run, handed to the next where it asks for the same. Knows not where they are loaded.
import type { RunProgress } from "../../core/run/progress.ts";
import type { EncoderTexts } from "../text/encoderTexts.ts";
import type { CorpusPort, CorpusRequest, EarlyUse, LoadedCorpus } from "./loadedCorpus.ts";

/** One load of a corpus, from its beginning. */
export interface CorpusLoad {
  readonly loaded: Promise<LoadedCorpus>;
  /** Whether the dataset is still what was loaded. */
  isCurrent(): Promise<boolean>;
  /** Lets go of it, also before it is loaded. */
  release(): void;
}

export interface KeptCorpora {
  readonly load: CorpusPort["loadCorpus"];
  /** A run begins, the one before has ended: what that loaded is kept until something else is asked for. */
  beginRun(): void;
}

interface Held extends CorpusLoad {
  readonly asked: string;
  isWanted: boolean; // by the present run
  corpus?: LoadedCorpus; // once it is there
}

/**
 * @param begin begins a load; what it does before the first await is done after what goes has been released
 * @param spare corpora of earlier runs that are kept beside what the present one asks for
 */
export function createKeptCorpora(
  begin: (
    request: CorpusRequest,
    texts: EncoderTexts,
    onProgress: (progress: RunProgress) => void,
    early?: EarlyUse,
  ) => CorpusLoad,
  spare = 0,
): KeptCorpora {
  let held: Held[] = []; // oldest use first
  const release = (gone: readonly Held[]) => {
    held = held.filter((one) => !gone.includes(one));
    for (const one of gone) one.release();
  };
  return {
    async load(request, texts, onProgress, early) {
      const { tokenizer, framed } = texts;
      const asked = JSON.stringify([request, tokenizer.sha256, framed]);
      const here = held.find((one) => one.asked === asked);
      if (here?.corpus && (await here.isCurrent())) {
        here.isWanted = true;
        held = [...held.filter((one) => one !== here), here];
        return here.corpus;
      }
      const idle = held.filter((one) => !one.isWanted && one !== here);
      const stale = held.filter((one) => one === here && one.corpus !== undefined);
      release([...idle.slice(0, Math.max(0, idle.length - spare)), ...stale]); // room for what comes
      const own: Held = { ...begin(request, texts, onProgress, early), asked, isWanted: true };
      held.push(own);
      own.corpus = await own.loaded;
      return own.corpus;
    },
    beginRun() {
      for (const one of held) one.isWanted = false;
      release(held.filter(({ corpus }) => !corpus)); // it failed, or was left
    },
  };
}
