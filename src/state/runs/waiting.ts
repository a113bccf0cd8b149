// Runs that were asked for while another is going on: they begin in turn when it has ended. Kept until the page closes.
import { runNames } from "../../core/naming/runNames.ts";
import type { Course } from "../../core/spec/course.ts";
import { amongOthers } from "./naming.ts";
import type { RunsContext, Waiting, WaitingRun } from "./runsState.ts";

export interface WaitingLine extends Waiting {
  /** @param name of a run that has one; left out: what it would be called among those that are there */
  add(course: Course, begin: () => Promise<void>, name?: string): void;
  /** Lets the first one begin, if no run is going on. */
  next(): void;
}

export function createWaiting({ store, deps }: Pick<RunsContext, "store" | "deps">): WaitingLine {
  const begins = new Map<WaitingRun, () => Promise<void>>();
  const nameOf = (course: Course) => {
    const id = "waiting";
    const others = store.getState().runs.map(amongOthers);
    return runNames([...others, { ...course, id, createdAt: deps.nowMs() }]).get(id)!.name;
  };
  return {
    add(course, begin, name = nameOf(course)) {
      const run: WaitingRun = { name, course };
      begins.set(run, begin);
      store.setState(({ waiting }) => ({ waiting: [...waiting, run] }));
    },
    next() {
      const { waiting, trainingId } = store.getState();
      const [first, ...others] = waiting;
      if (!first || trainingId !== undefined) return;
      const begin = begins.get(first);
      begins.delete(first);
      store.setState({ waiting: others });
      void begin?.();
    },
    dropWaiting() {
      begins.clear();
      store.setState({ waiting: [] });
    },
  };
}
