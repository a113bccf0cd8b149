// Starts and steers the run, in one line: one big button, step and stop, what is going on, how far the phase at work is.
import { countText } from "../words/numberText.ts";
import { counted } from "../../core/counted.ts";
import { Pause, Play, Sprout, Square, StepForward, X } from "lucide-react";
import { useId, useMemo } from "react";
import { useStore } from "zustand";
import { trainLanguages } from "../../core/spec/resolve.ts";
import { planName } from "../../core/naming/planName.ts";
import { draftStore } from "../../state/draftStore.ts";
import { isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { contradictionOf, sameCourse } from "../../core/spec/course.ts";
import { allCourses, nextSeed, startDraft, stepDraft, trainNextSeed } from "../../state/startDraft.ts";
import { viewStore } from "../../state/viewStore.ts";
import { WholeParts } from "../words/WholeParts.tsx";
import { useTimeEstimate } from "../form/useTimeEstimate.ts";
import { Button } from "../controls/Button.tsx";
import { PhaseBar } from "./PhaseBar.tsx";
import { phaseAtWork } from "./phaseText.ts";
import { goingParts, inFormWords, statusText } from "./statusText.ts";
import { useAwaitedData } from "./useAwaitedData.ts";
import { toggleRun } from "./useShortcuts.ts";
import "./transport.css";

export function Transport() {
  const run = useStore(runStore, ({ runs, latestId }) => runs.find(({ id }) => id === latestId));
  const spec = useStore(draftStore, (state) => state.spec);
  const presetName = useStore(draftStore, (state) => state.presetName);
  const parent = useStore(draftStore, (state) => state.parent);
  const stopAt = useStore(draftStore, (state) => state.stopAt);
  const trajectory = useStore(draftStore, (state) => state.trajectory);
  const contradiction = useMemo(() => inFormWords(contradictionOf({ spec, parent })), [spec, parent]);
  const waiting = useStore(runStore, (state) => state.waiting);
  const otherWork = useStore(runStore, (state) => state.otherWork);
  const failedStart = useStore(runStore, (state) => state.failedStart);
  const reasonId = useId();
  const estimate = useTimeEstimate();
  const coming = useAwaitedData();

  const going = run !== undefined && isGoing(run);
  const last = waiting.at(-1)?.course ?? (going ? run : undefined);
  const edited = going && last !== undefined && !sameCourse(last, { spec, parent, stopAt, trajectory });
  const paused = run?.status === "paused";
  const other = going ? undefined : otherWork;
  const [label, icon] = !going
    ? [other ? "Train next" : "Train", Play]
    : paused
      ? ["Resume", Play]
      : ["Pause", Pause];
  const blocked = contradiction !== undefined && !going;
  const awaited = going || other ? undefined : coming;
  const isWaiting =
    awaited && waiting.some(({ course }) => sameCourse(course, { spec, parent, stopAt, trajectory }));
  const stopping = going && run.live?.stopRequested === true;
  const plan = [
    ...(parent ? [`Branch at step ${countText(parent.step)}`] : []),
    planName(spec, presetName),
    stopAt === undefined
      ? counted(spec.steps, "step")
      : `${countText(stopAt)} of ${counted(spec.steps, "step")}`,
    counted(trainLanguages(spec).length, "language"),
    spec.data.train,
  ];
  const work = going ? phaseAtWork(run.live?.phases ?? {}) : awaited;
  // What changes stands beside the state, what stays below: a longer word moves no other.
  const pace = going
    ? (work?.words ?? [])
    : other
      ? [other.words]
      : (awaited?.words ?? (estimate ? [`About ${estimate.total}${estimate.isHere ? " here" : ""}`] : []));
  const parts = going ? goingParts(run) : plan;
  return (
    <section className="transport" aria-label="Training" data-going={going || undefined}>
      <Button
        look="primary"
        icon={icon}
        className="transport-main"
        inactive={blocked || stopping || isWaiting === true}
        title={
          isWaiting
            ? "It begins when its data is here"
            : other && `Trains the form before ${other.name} goes on`
        }
        aria-describedby={reasonId}
        aria-keyshortcuts="Space"
        onClick={() => {
          toggleRun();
          if (!going) viewStore.getState().showPane("stage");
        }}
      >
        {label}
        {!going && parent && <span className="transport-wide"> the branch</span>}
      </Button>
      <Button
        icon={StepForward}
        iconOnly
        inactive={blocked || stopping}
        title="Train one step, then pause (.)"
        aria-keyshortcuts="."
        onClick={() => void stepDraft()}
      >
        Step
      </Button>
      <Button
        icon={Square}
        iconOnly
        inactive={!going}
        title={
          stopping || run?.status === "preparing"
            ? "End it at once, without an evaluation"
            : "Stop after a full evaluation"
        }
        onClick={() => void runStore.getState().stop()}
      >
        Stop
      </Button>
      {!parent && <NextSeed blocked={contradiction !== undefined} going={going} />}
      <div className="transport-words">
        <p className="transport-status" role="status">
          {other
            ? other.name
            : awaited
              ? "Waits for its data"
              : run
                ? statusText(run)
                : blocked
                  ? "Not ready to train"
                  : failedStart
                    ? "Did not start"
                    : "Ready to train"}
        </p>
        {blocked ? (
          <p id={reasonId} className="transport-reason" title={contradiction}>
            {contradiction}
          </p>
        ) : (
          <div id={reasonId} className="transport-rest">
            <p className="transport-pace" title={pace.join(" · ")}>
              <WholeParts parts={pace} />
            </p>
            <p className="transport-plan" title={parts.join(" · ")}>
              <WholeParts parts={parts} />
            </p>
          </div>
        )}
      </div>
      {edited && !stopping && (
        <Button
          className="transport-edited"
          inactive={contradiction !== undefined}
          title={
            contradiction ??
            (paused
              ? "Ends the paused run where it is, with an evaluation, and trains the form as it is now"
              : "This run goes on to its end; then the form as it is now is trained")
          }
          onClick={() => void startDraft({ instead: paused })}
        >
          {paused ? "End it, train " : "Train "}
          {parent ? "the branch" : "the form"}
          {paused ? "" : " next"}
        </Button>
      )}
      {waiting.length > 0 && (
        <Button
          className="transport-edited"
          icon={X}
          title="Forget what waits"
          onClick={() => runStore.getState().dropWaiting()}
        >
          Then {waiting[0]!.name}
          {waiting.length > 1 && ` and ${waiting.length - 1} more`}
        </Button>
      )}
      <PhaseBar work={work} halted={paused} />
    </section>
  );
}

/** One click: the same settings with the next seed, set on the form and trained. */
function NextSeed({ blocked, going }: { blocked: boolean; going: boolean }) {
  const seed = useStore(draftStore, ({ spec }) => nextSeed(spec, allCourses(runStore.getState())));
  return (
    <Button
      icon={Sprout}
      className="transport-seed"
      inactive={blocked}
      title={`Trains the same settings with seed ${seed}${going ? ", once this run has ended" : ""}`}
      onClick={() => {
        void trainNextSeed();
        viewStore.getState().showPane("stage");
      }}
    >
      Next seed
    </Button>
  );
}
