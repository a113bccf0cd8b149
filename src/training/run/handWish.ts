// The mix that a hand asks for while a run trains, as decisions of its trajectory.
import { messageOf } from "../../core/messageOf.ts";
import type { RunState } from "../../core/record/runState.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import { withDecision } from "../../core/spec/decision.ts";
import { inPercent } from "../../core/spec/wholePercents.ts";
import { MAX_DRIVE } from "../../core/spec/linkDrive.ts";
import { firstUndrawn } from "./feedBatches.ts";
import type { Session } from "./session.ts";

/**
 * Takes the hand's last wish, if it has one and its time has come, as a decision about the first batch that is not drawn yet.
 * Decisions of a recorded trajectory that would come later go: the hand has taken over. A wish that the data cannot fill is
 * told and dropped.
 */
export function takeWish({ spec, control, prepared, emit }: Session, state: RunState): void {
  const from = firstUndrawn(state.step);
  const { trajectory } = state;
  const wait = Math.ceil(spec.steps / MAX_DRIVE); // a link holds so many
  const last = trajectory.findLast(({ ratio, step }) => ratio && step <= from);
  if (state.rules?.mix) return; // a rule has it
  if (from >= spec.steps || (last && last.step < from && from - last.step < wait)) return;
  const wish = control.takeMixWish?.();
  if (!wish) return;
  const ratio = inPercent(wish);
  if (last && BATCH_KINDS.every((kind) => last.ratio![kind] === ratio[kind])) return;
  try {
    prepared.checkMix(ratio, state.step);
  } catch (error) {
    return emit({
      type: "notice",
      message: `This mix cannot be drawn, and the last one stays: ${messageOf(error)}`,
    });
  }
  const kept = trajectory.flatMap(({ ratio: asked, ...one }) =>
    one.step < from && asked ? [{ ...one, ratio: asked }] : one.weights ? [one] : [],
  );
  trajectory.splice(0, trajectory.length, ...withDecision(kept, { step: from, ratio }));
}
