// The evaluation before training: measured once for a start and its test, and taken from what is kept after that.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { keptFor } from "../../core/keptFor.ts";
import { messageOf } from "../../core/messageOf.ts";
import { onceDone } from "../../core/onceDone.ts";
import { evalPoints } from "../../core/record/evalPoints.ts";
import type { RunState } from "../../core/record/runState.ts";
import {
  parseStart,
  startJson,
  startKeyText,
  type StartEvaluation,
} from "../../core/record/startEvaluation.ts";
import { keepQueryValues } from "../../core/stats/queryValues.ts";
import type { Evaluated } from "../evaluate/evaluateModel.ts";
import { poolVectors } from "../evaluate/poolBlocks.ts";
import { createEncoder } from "../model/createEncoder.ts";
import { AGREEMENT_CORRELATION, AGREEMENT_COSINE } from "../teacher/agreement.ts";
import type { Teacher } from "../teacher/openTeacher.ts";
import type { EarlyStart } from "./earlyStart.ts";
import { measure, tell } from "./measure.ts";
import type { Session } from "./session.ts";

/** (N, D) of the pool by the starting weights; undefined where the pool is too large to hold. */
export type StartVectors = () => Promise<Float32Array | undefined>;

export interface Start {
  readonly before: Evaluated | undefined; // at the state's step, where it was measured here
  readonly vectors: StartVectors;
}

/** A branch starts at its parent's weights of its step. */
function keyOf({ spec, environment, parent }: Session): string {
  const start = startKeyText(spec, environment);
  return bytesToHex(sha256(utf8ToBytes(parent ? `${start} ${parent.step} ${parent.digest}` : start)));
}

/** Tells the points of step 0, from what is kept or by measuring, which is then kept. */
export async function measureStart(session: Session, state: RunState): Promise<Start> {
  const { teacher, prepared, early, emit } = session;
  const key = keyOf(session);
  const known = prepared.train && !early ? await findStart(session, key) : undefined;
  const agreed = teacher ? known?.agreement?.[teacher.sha256] : [];
  if (known && agreed) {
    const { step } = state;
    const measured = evalPoints(known.result, step, session.spec.evaluate.cuts);
    tell(session, state, [...measured, ...agreed.map((point) => ({ ...point, step }))]);
    emit({ type: "matrix", step: state.step, matrix: known.result.matrix });
    tellValues(session, key, known);
    state.measured = state.step;
    return { before: undefined, vectors: startVectors(session) };
  }
  const before = early ? takeEarly(early, state) : await measure(session, state, prepared.full);
  if (teacher && !before.passageVectors) {
    const message = "The pool is too large to hold its vectors: agreement with the teacher is not measured";
    emit({ type: "notice", message });
  }
  const found: StartEvaluation = {
    result: before.result,
    values: keepQueryValues(prepared.full.set, before.perQuery),
    agreement: teacher && before.passageVectors ? withAgreement(known, teacher, state) : known?.agreement,
  };
  if (prepared.train) tellValues(session, key, found);
  await keepStart(session, key, found);
  return { before, vectors: () => Promise.resolve(before.passageVectors) };
}

/** What was measured and told while the data was read. */
function takeEarly({ evaluated, points }: EarlyStart, state: RunState): Evaluated {
  state.points.push(...points);
  state.measured = state.step;
  return evaluated;
}

/** The same for a branch at its first step, which only its siblings share: nothing of it is kept beyond the run. */
export async function measureBranch(session: Session, state: RunState): Promise<Start> {
  const { prepared } = session;
  const before = await measure(session, state, prepared.full);
  const values = keepQueryValues(prepared.full.set, before.perQuery);
  tellValues(session, keyOf(session), { values });
  return { before, vectors: startVectors(session) };
}

/** What was measured of this teacher beside what is kept of others. */
function withAgreement(
  known: StartEvaluation | undefined,
  { sha256 }: Teacher,
  { points }: RunState,
): StartEvaluation["agreement"] {
  const own = points.filter(({ metric }) => metric === AGREEMENT_COSINE || metric === AGREEMENT_CORRELATION);
  return { ...known?.agreement, [sha256]: own.map(({ step: _, ...point }) => point) };
}

/** For a run that goes on: its points are told already, the values of its start only where they are kept. */
export async function restoreStart(session: Session): Promise<Start> {
  const key = keyOf(session);
  const known = await findStart(session, key);
  if (known) tellValues(session, key, known);
  return { before: undefined, vectors: startVectors(session) };
}

function tellValues({ emit }: Session, key: string, { values }: Pick<StartEvaluation, "values">): void {
  if (values) emit({ type: "startValues", key, values });
}

/** The last of a store, by its text: a study's runs begin alike. */
const parsed = keptFor<StartEvaluation>(1);

/** What is kept is only a short cut: trouble with it is told, and the start measured. */
async function findStart({ ports, emit }: Session, key: string): Promise<StartEvaluation | undefined> {
  try {
    const text = await ports.starts?.read(key);
    if (text === undefined) return undefined;
    return parsed(ports.starts!, text, () => parseStart(text, key, "the kept evaluation before training"));
  } catch (error) {
    emit({ type: "notice", message: `${messageOf(error)}; it is measured again.` });
    return undefined;
  }
}

async function keepStart({ ports, emit }: Session, key: string, start: StartEvaluation): Promise<void> {
  try {
    await ports.starts?.write(key, startJson(key, start));
  } catch (error) {
    const message = `The evaluation before training could not be kept for later runs: ${messageOf(error)}.`;
    emit({ type: "notice", message });
  }
}

/** Encoded when somebody asks, once. */
function startVectors({ prepared }: Session): StartVectors {
  return onceDone(async () => {
    const start = createEncoder(await prepared.weights());
    try {
      return await poolVectors(start, prepared.full);
    } finally {
      start.dispose();
    }
  });
}
