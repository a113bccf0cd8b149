// How far a study is, in words. Pure.
import { counted } from "../../core/counted.ts";
import { isAtWork, isDone, type HeldStudy } from "../../state/study/heldStudy.ts";

/** "12 of 30 runs, paused" */
export function stateWords(held: HeldStudy): string {
  const { done, queue } = held;
  const failed = Object.keys(queue.failed).length;
  const all = done.size + queue.pending.length;
  const parts = [
    isDone(held) ? counted(done.size, "run") : `${done.size} of ${counted(all, "run")}`,
    failed > 0 ? `${failed} failed` : "",
    held.elsewhere
      ? "in another tab"
      : isDone(held)
        ? "done"
        : held.isPaused
          ? "paused"
          : isAtWork(held)
            ? "running"
            : "waiting for its turn",
  ];
  return parts.filter(Boolean).join(", ");
}
