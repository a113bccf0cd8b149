// What an embed says to the page around it and takes from it: news of runs, and a mix for the form. Whoever that page is, it
// starts no run, reads nothing and hears nothing unless the embed's address names it.
import {
  isForLab,
  labMessageOf,
  parseSetMix,
  type LabMessage,
  type LabNews,
} from "../../core/embed/embedMessage.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { Ratio } from "../../core/spec/batchKind.ts";
import { visibleText } from "../../core/visibleText.ts";
import { hasEnded, isGoing, type Run } from "../run/run.ts";

/** A message as the browser hands it over: its origin is true, its data is anything. */
export interface GivenMessage {
  readonly origin: string;
  readonly isParent: boolean; // sent by the window around this one
  data(): unknown; // not looked at before it is known whose it is
  answer(message: LabMessage): void; // to its sender alone
}

export interface ParentPorts {
  readonly origin: string | undefined; // that the address names
  /** To the page around this one, if it is of that origin. */
  post(message: LabMessage, origin: string): void;
  warn(sentence: string): void;
  nowMs(): number;
  /** Puts it on the form. @returns why not, in a sentence; undefined once it is there */
  setMix(mix: Ratio): string | undefined;
  mix(): Ratio;
  link(): string; // to the form as it is
  runLink(run: Run): string;
}

/** More in a second are not looked at: a slider sends as many as a screen has pictures. */
export const MOST_A_SECOND = 120;

export function createParentPage(ports: ParentPorts) {
  const { origin, warn } = ports;
  const told = new Set<string>(); // ids of runs that were told to have started
  const post = (news: LabNews) => {
    if (origin !== undefined) ports.post(labMessageOf(news), origin);
  };
  const within = perSecond(MOST_A_SECOND, ports.nowMs);

  return {
    ready: () => post({ type: "ready", mix: ports.mix(), link: ports.link() }),

    take(given: GivenMessage) {
      const turn = within();
      if (turn === "ignored") return;
      const from = visibleText(given.origin);
      const refuse = (reason: string, answers: boolean) => {
        warn(`Hybrid Batch Lab: a message from ${from} was refused: ${reason}.`);
        if (answers) given.answer(labMessageOf({ type: "refused", reason }));
      };
      if (turn === "last")
        return refuse(`more than ${MOST_A_SECOND} messages in a second are not looked at`, given.isParent);
      if (!given.isParent || given.origin !== origin) {
        const named =
          origin === undefined
            ? "this embed’s address names no page that may speak to it (parent=ORIGIN)"
            : "it is not the page that this embed’s address names";
        return refuse(named, isForLab(given.data()));
      }
      const data = given.data();
      try {
        const problem = ports.setMix(parseSetMix(data));
        if (problem !== undefined) return refuse(problem, true);
      } catch (error) {
        return refuse(messageOf(error), isForLab(data)); // other talk of that page is not answered
      }
      given.answer(labMessageOf({ type: "mixSet", mix: ports.mix() }));
    },

    /** @param runs of this visit, as they are now @param failure why the newest one did not start */
    follow(runs: readonly Run[], failure: string | undefined) {
      for (const run of runs) if (isGoing(run) && !told.has(run.id)) start(run);
      for (const id of told) {
        const run = runs.find((one) => one.id === id);
        if (run && isGoing(run)) continue;
        told.delete(id);
        end(id, run, failure);
      }
    },
  };

  function start(run: Run) {
    told.add(run.id);
    const { ratio } = run.spec.batch;
    const { steps, seed } = run.spec;
    post({ type: "runStarted", run: run.id, mix: ratio, steps, seed, link: ports.runLink(run) });
  }

  function end(id: string, run: Run | undefined, failure: string | undefined) {
    const head = { type: "runEnded", run: id } as const;
    if (!run) {
      const reason = failure ?? "it was removed";
      return post({ ...head, status: "failed", step: 0, metrics: {}, link: ports.link(), reason });
    }
    const { step, summary, digest, error } = run;
    const metrics = Object.entries(summary).map(([path, { before, now }]) => [
      path,
      { ...(before !== undefined && { before }), now },
    ]);
    post({
      ...head,
      status: hasEnded(run) ? (run.status === "finished" ? "finished" : "stopped") : "failed",
      step,
      metrics: Object.fromEntries(metrics) as Record<string, { before?: number; now: number }>,
      link: ports.runLink(run),
      ...(digest !== undefined && { digest }),
      ...(error && { reason: visibleText(error.message) }),
    });
  }
}

/** Counts what comes: "taken" up to `most` in a second, then once "last", then "ignored" until the second is over. */
function perSecond(most: number, nowMs: () => number): () => "taken" | "last" | "ignored" {
  let since = -Infinity;
  let count = 0;
  return () => {
    const now = nowMs();
    if (now - since >= 1000) [since, count] = [now, 0];
    count++;
    return count <= most ? "taken" : count === most + 1 ? "last" : "ignored";
  };
}
