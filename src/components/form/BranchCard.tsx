// What stands at the head of the form of a branch: whose, from which step, what that means, and what differs so far.
import { GitBranch } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import type { Ratio } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { formatValue } from "../../core/spec/fieldText.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "../../core/spec/spec.ts";
import { changedPaths, draftStore } from "../../state/draftStore.ts";
import { isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import { countText } from "../words/numberText.ts";
import { BRANCH_CARD } from "./showForm.ts";
import { mixText } from "./simplex.ts";

export function BranchCard() {
  const draft = useStore(draftStore);
  const run = useStore(runStore, ({ runs }) => runs.find(({ id }) => id === draft.parentId));
  const [problem, setProblem] = useState("");
  const id = useId();
  const { parent } = draft;
  if (!parent) return null;
  const first = parent.parent?.step ?? 0;
  const last = run ? run.step : parent.spec.steps;
  const choose = (step: number | string) => {
    const fits = Number.isInteger(step) && Number(step) >= first && Number(step) <= last;
    setProblem(
      fits ? "" : `A step from ${countText(first)} to ${countText(last)}, which the parent has trained`,
    );
    if (fits) draft.setBranchStep(Number(step));
  };
  return (
    <section className="branchCard" id={BRANCH_CARD} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className="form-title">
        <GitBranch aria-hidden size="1em" /> Branch of {run ? `“${run.name}”` : "a run that is not here"}
      </h3>
      <div className="field">
        <label htmlFor={`${id}-step`}>From step</label>
        <NumberBox
          id={`${id}-step`}
          {...{ min: first, max: last, step: 1 }}
          value={parent.step}
          invalid={problem !== ""}
          describedBy={`${id}-problem ${id}-help`}
          onValue={choose}
        />
        <p id={`${id}-problem`} className="field-text field-problem" role="status">
          {problem}
        </p>
      </div>
      <p id={`${id}-help`} className="field-text">
        Up to there everything is the parent’s. From there on the fields below hold; the optimiser keeps its
        moments, and steps and schedules count on. {waysText(parent, run)}
      </p>
      {run?.snapshotStep !== undefined && run.snapshotStep !== parent.step && (
        <button type="button" className="linkButton" onClick={() => choose(run.snapshotStep!)}>
          Take step {countText(run.snapshotStep)}: its weights are kept
        </button>
      )}
      <Changes spec={draft.spec} base={parent.spec} paths={changedPaths(draft)} />
      <button type="button" className="linkButton" onClick={() => draft.leaveBranch()}>
        No branch: train the form from step 0
      </button>
    </section>
  );
}

/** What the steps before cost, and what becomes of a run that is going on. */
function waysText({ step }: Parent, run: Run | undefined): string {
  const ways =
    step === 0
      ? ""
      : run?.snapshotStep === step
        ? "The weights of this step are kept, so nothing is trained again."
        : `The first ${step === 1 ? "step is" : `${countText(step)} steps are`} trained again first.`;
  return run && isGoing(run) ? `${ways} Training the branch ends “${run.name}” where it is.` : ways;
}

interface ChangesProps {
  readonly spec: ExperimentSpec;
  readonly base: ExperimentSpec;
  readonly paths: readonly SpecPath[];
}

function Changes({ spec, base, paths }: ChangesProps) {
  if (paths.length === 0) return <p className="field-note">Nothing differs from the parent yet.</p>;
  return (
    <ul className="branchCard-changes">
      {paths.map((path) => (
        <li key={path}>
          {fieldAt(path).label}: {shown(path, base)} → <b>{shown(path, spec)}</b>
        </li>
      ))}
    </ul>
  );
}

function shown(path: SpecPath, spec: ExperimentSpec): string {
  const value = readPath(spec, path);
  const text = fieldAt(path).type === "ratio" ? mixText(value as Ratio) : formatValue(path, value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
