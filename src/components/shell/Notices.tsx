// What the page has to say before anything else: a link that was partly read, workers that died, a run that did not start.
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { draftStore } from "../../state/draftStore.ts";
import { runStore } from "../../state/runStore.ts";
import { workersStore } from "../../state/workersStore.ts";
import { fieldAt, specPath } from "../../core/spec/fields.ts";
import { formWords } from "../../core/spec/formWords.ts";
import { visibleText } from "../../core/visibleText.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";

export function Notices() {
  const problems = useStore(draftStore, (state) => state.problems);
  const crash = useStore(workersStore, (state) => state.crash);
  const failedStart = useStore(runStore, (state) => state.failedStart);
  const unknownOnly = problems.every(({ outcome }) => outcome === "unknown");
  if (problems.length === 0 && crash === undefined && !failedStart) return null;
  return (
    <div className="notices">
      {crash !== undefined && (
        <Notice
          tone="bad"
          title="A worker of the lab died"
          onDismiss={() => workersStore.getState().dismissCrash()}
        >
          <p>{crash}</p>
          <p>
            Recorded points are kept. New workers take the place of the old ones as soon as they are needed.
          </p>
          <Button onClick={restart}>Start new workers</Button>
        </Notice>
      )}
      {failedStart && (
        <Notice
          tone="bad"
          title={`“${failedStart.name}” did not start`}
          onDismiss={() => runStore.getState().dismissFailedStart()}
        >
          <p>{visibleText(failedStart.message)}</p>
        </Notice>
      )}
      {problems.length > 0 && (
        <Notice
          tone={unknownOnly ? "info" : "warn"}
          title={
            unknownOnly
              ? "This link says more than this lab understands"
              : "Part of this link could not be used; the rest applies"
          }
          onDismiss={() => draftStore.getState().dismissProblems()}
        >
          <ul className="problems">
            {problems.map(({ path, message, outcome }, i) => (
              <li key={i}>
                <span className="problems-outcome">{OUTCOMES[outcome]}</span> <FieldName path={path} />{" "}
                {visibleText(withoutName(path, message))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function restart(): void {
  workersStore.getState().restart();
  void datasetStore.getState().refresh();
}

const OUTCOMES = { refused: "Left out", clamped: "Adjusted", unknown: "Kept aside" };

/** The form's label of a field; the key of a link as it is. */
function FieldName({ path }: { path: string }) {
  const known = specPath(path);
  return known ? <b>{fieldAt(known).label}</b> : <code>{visibleText(path)}</code>;
}

/** The list already shows the field, so the sentence need not begin with it. */
function withoutName(path: string, message: string): string {
  const start = [`${path} `, `"${path}" `].find((name) => message.startsWith(name));
  return start === undefined ? formWords(message) : formWords(message.slice(start.length));
}
