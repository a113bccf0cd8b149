// Tells points, and measures the present weights: the evaluations of a run. Trains nothing.
import type { Point } from "../../core/record/point.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { agreementPoints } from "../teacher/agreement.ts";
import { evaluateModel, type Evaluated } from "../evaluate/evaluateModel.ts";
import type { Gate } from "../evaluate/poolBlocks.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";
import type { RunState } from "../../core/record/runState.ts";
import { measuredPoints } from "./measuredPoints.ts";
import type { Session } from "./session.ts";

/** Points enter the state as they are told, so both have one order. */
export function tell({ emit }: Session, state: RunState, points: readonly Point[]): void {
  state.points.push(...points);
  emit({ type: "points", points });
}

/** Evaluates the present weights and tells nothing but how far it is. */
export function evaluate(
  { model, control, emit }: Session,
  task: EvalTask,
  gate: Gate = control,
): Promise<Evaluated> {
  return evaluateModel(model, task, gate, (progress) => emit({ type: "progress", progress }));
}

/** A run was left while it was measured. */
class LeftEvaluation extends Error {}

/**
 * As `measure`, but a run that is left is left at the next block.
 * @returns "left": nothing was told
 */
export async function measureUnlessLeft(
  session: Session,
  state: RunState,
  task: EvalTask,
): Promise<Evaluated | "left"> {
  const { control } = session;
  const throwIfAborted = () => {
    if (control.suspended) throw new LeftEvaluation("the run was left while it was measured");
  };
  const gate = async () => {
    await control.gate();
    throwIfAborted();
  };
  try {
    return await measure(session, state, task, { gate, signal: { throwIfAborted } });
  } catch (error) {
    if (error instanceof LeftEvaluation) return "left";
    throw error;
  }
}

/** Evaluates the weights as they are at `state.step` and tells the result. */
export async function measure(
  session: Session,
  state: RunState,
  task: EvalTask,
  gate: Gate = session.control,
): Promise<Evaluated> {
  const { ports, model, teacher, emit } = session;
  const { step } = state;
  const { evaluated: done, points } = await measuredPoints(
    step,
    session.spec.evaluate.cuts,
    () => ports.nowMs(),
    () => evaluate(session, task, gate),
  );
  tell(session, state, points);
  if (teacher && done.passageVectors) {
    const own = { width: vectorWidth(model.config), data: done.passageVectors };
    const theirs = { width: teacher.width, data: await teacher.pool() };
    tell(session, state, agreementPoints(task.set, own, theirs, step));
  }
  emit({ type: "matrix", step, matrix: done.result.matrix });
  if (task === session.prepared.full) state.measured = step;
  return done;
}
