// Who has the device: runs that were asked for while it is taken begin in turn, before other work goes on; those whose data
// is still being added let others go before them. Kept until the page closes.
import { runNames } from "../../core/naming/runNames.ts";
import type { Course } from "../../core/spec/course.ts";
import { amongOthers } from "./naming.ts";
import type { RunsContext, Waiting, WaitingRun } from "./runsState.ts";

export interface WaitingLine extends Waiting {
  /** @param name of a run that has one; left out: what it would be called among those that are there */
  add(course: Course, begin: () => Promise<void>, name?: string): void;
  /** Lets the first one begin, if the device is free. */
  next(): void;
}

export function createWaiting({ store, deps }: Pick<RunsContext, "store" | "deps">): WaitingLine {
  const begins = new Map<WaitingRun, () => Promise<void>>();
  const nameOf = (course: Course) => {
    const id = "waiting";
    const others = store.getState().runs.map(amongOthers);
    return runNames([...others, { ...course, id, createdAt: deps.nowMs() }]).get(id)!.name;
  };
  const isReady = ({ course }: WaitingRun) => !deps.data.isAwaited(course.spec);
  const isWanted = () => store.getState().waiting.some(isReady);
  let isBeginning = false; // one of those that waited, which has no trainer yet
  const next = () => {
    const { waiting, trainingId, otherWork } = store.getState();
    const first = waiting.find(isReady);
    if (isBeginning || !first || trainingId !== undefined || otherWork) return;
    const begin = begins.get(first);
    begins.delete(first);
    isBeginning = true;
    store.setState({ waiting: waiting.filter((one) => one !== first) });
    void begin?.().finally(() => {
      isBeginning = false;
      store.setState({}); // it may have come to nothing: other work hears that the device is free
      next();
    });
  };
  deps.data.onChange(next);
  return {
    add(course, begin, name = nameOf(course)) {
      const run: WaitingRun = { name, course };
      begins.set(run, begin);
      store.setState(({ waiting }) => ({ waiting: [...waiting, run] }));
    },
    next,
    dropWaiting() {
      begins.clear();
      store.setState({ waiting: [] });
    },
    occupy(work) {
      const { trainingId, otherWork } = store.getState();
      const isTaken = isBeginning || trainingId !== undefined || isWanted();
      if (!otherWork && isTaken) return false;
      store.setState({ otherWork: work });
      return true;
    },
    isWanted,
    vacate() {
      store.setState({ otherWork: undefined });
      next();
    },
  };
}
