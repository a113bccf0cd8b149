// Asking the worker again and again where only the latest question counts. Keeps no answer of its own.
import { messageOf } from "../core/messageOf.ts";

export interface Asked {
  readonly status: "idle" | "asking" | "answered" | "failed";
  readonly error?: string | undefined; // the worker's sentence, once failed
}

export interface LatestAsk<A> {
  /** Files the answer, or the failure, unless something newer was asked meanwhile. Never rejects. */
  ask(question: () => Promise<A>): Promise<void>;
  /** Back to idle; an answer that is still to come is dropped. */
  forget(nothing: A): void;
}

/** @param set files a part of the store's state; `A` is the part that an answer fills */
export function askLatest<A extends object>(set: (part: Asked | (Asked & A)) => void): LatestAsk<A> {
  let latest = 0;
  return {
    async ask(question) {
      const turn = ++latest;
      set({ status: "asking", error: undefined });
      try {
        const answer = await question();
        if (turn === latest) set({ ...answer, status: "answered" });
      } catch (error) {
        if (turn === latest) set({ status: "failed", error: messageOf(error) });
      }
    },
    forget(nothing) {
      latest++;
      set({ ...nothing, status: "idle", error: undefined });
    },
  };
}
