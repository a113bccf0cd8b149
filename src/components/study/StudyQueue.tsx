// The queue of a study: what is under way, what comes next and in which order, what was taken out or failed.
import { countText } from "../words/numberText.ts";
import { ArrowDown, ArrowUp, ArrowUpToLine, RotateCcw, X } from "lucide-react";
import { counted } from "../../core/counted.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { runOfKey, type HeldStudy } from "../../state/study/heldStudy.ts";
import { Button } from "../controls/Button.tsx";
import { studyRunName } from "./openStudyRun.ts";

const SHOWN = 60; // more say nothing more

export function StudyQueue({ held }: { readonly held: HeldStudy }) {
  const { id, study, queue, going } = held;
  const { move, drop, putBack } = studiesStore.getState();
  const name = (key: string) => studyRunName(study, runOfKey(study, key)!);
  const waiting = queue.pending.filter((key) => !(key in going));
  const out = [...Object.keys(queue.failed), ...queue.dropped];
  if (queue.pending.length === 0 && out.length === 0) return null;
  return (
    <details className="study-fold">
      <summary>
        Queue: {counted(waiting.length, "run")} to come
        {out.length > 0 && `, ${out.length} out`}
      </summary>
      <ul className="study-queue" aria-label="Runs to come">
        {queue.pending.slice(0, SHOWN).map((key) => {
          const step = going[key]?.step;
          const at = waiting.indexOf(key);
          return (
            <li key={key} data-going={step !== undefined || undefined}>
              <span>{name(key)}</span>
              {step !== undefined && (
                <progress
                  max={study.spec.steps}
                  value={step}
                  aria-label={`${name(key)}: step ${countText(step)}`}
                />
              )}
              <span className="study-tools">
                {step === undefined && !held.elsewhere && (
                  <>
                    <Tool icon={ArrowUpToLine} inactive={at === 0} onClick={() => move(id, key, "first")}>
                      {`${name(key)}: next`}
                    </Tool>
                    <Tool icon={ArrowUp} inactive={at === 0} onClick={() => move(id, key, -1)}>
                      {`${name(key)}: earlier`}
                    </Tool>
                    <Tool
                      icon={ArrowDown}
                      inactive={at === waiting.length - 1}
                      onClick={() => move(id, key, 1)}
                    >
                      {`${name(key)}: later`}
                    </Tool>
                  </>
                )}
                {!held.elsewhere && (
                  <Tool icon={X} onClick={() => drop(id, key)}>
                    {`${name(key)}: take out`}
                  </Tool>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {queue.pending.length > SHOWN && <p className="study-note">and {queue.pending.length - SHOWN} more</p>}
      {out.length > 0 && (
        <ul className="study-queue" aria-label="Runs out of the queue">
          {out.map((key) => (
            <li key={key}>
              <span>
                {name(key)}: {queue.failed[key] ?? "taken out"}
              </span>
              <span className="study-tools">
                <Tool icon={RotateCcw} onClick={() => putBack(id, key)}>
                  {`${name(key)}: ${key in queue.failed ? "try again" : "put back"}`}
                </Tool>
              </span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

type ToolProps = Pick<Parameters<typeof Button>[0], "icon" | "inactive" | "onClick"> & {
  readonly children: string;
};

const Tool = (props: ToolProps) => <Button look="quiet" iconOnly {...props} />;
