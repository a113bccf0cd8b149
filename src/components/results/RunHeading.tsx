// Names the run whose results follow, how it stands and what it wants a person to know.
import { Download } from "lucide-react";
import { Suspense, useState } from "react";
import { counted } from "../../core/counted.ts";
import { byTest, testText } from "../../core/naming/testOf.ts";
import { engineName } from "../../core/record/maker.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { Button } from "../controls/Button.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { deviceText } from "../words/deviceText.ts";
import { Notice } from "../controls/Notice.tsx";
import { formWords } from "../../core/spec/formWords.ts";
import { countText } from "../words/numberText.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { MixGlyph } from "../charts/MixGlyph.tsx";
import { Swatch } from "../charts/Swatch.tsx";
import { BranchButton } from "./BranchButton.tsx";
import { RunWhat } from "../words/RunWhat.tsx";
import { CutOff } from "./CutOff.tsx";
import { FinalTestButton } from "./FinalTestButton.tsx";
import { FinalTestNumbers } from "./FinalTestNumbers.tsx";
import { useShown } from "../charts/shown.ts";
import { loadExport } from "../export/loadExport.ts";
import { RunNotes } from "./RunNotes.tsx";
import { statusWord } from "../words/statusWords.ts";

const ControlsButton = lazyPart(async () => (await import("../rules/ControlsButton.tsx")).ControlsButton);
const ExportDialog = lazyPart(async () => (await loadExport()).ExportDialog);

export function RunHeading() {
  const { selected: run, runs: shown, apart, readAt } = useShown();
  const [exporting, setExporting] = useState(false);
  if (!run) {
    return (
      <header className="runHeading">
        <h2>Results</h2>
        <p className="runHeading-facts">
          No run yet. Choose a mix on the form and press Train: numbers and charts fill as it learns.
        </p>
      </header>
    );
  }
  const others = shown.length - 1;
  return (
    <header className="runHeading">
      <div className="runHeading-row">
        <h2>
          <Swatch {...lineLook(run.colour)} />
          {run.name} <MixGlyph spec={run.spec} />
          {others > 0 && <span className="runHeading-others"> and {others} more</span>}
        </h2>
        <p className="runHeading-facts" title={run.subtitle}>
          <span className="runHeading-what">
            <RunWhat run={run} />
          </span>{" "}
          <span className="runHeading-now">
            <span className="runHeading-state">
              {statusWord(run)}{" "}
              {run.status === "finished"
                ? counted(run.spec.steps, "step")
                : `at step ${countText(run.step)} of ${countText(run.spec.steps)}`}
              {run.device && !engineName(run.device) && ` · ${deviceText(run.device)}`}
            </span>
            <RunNotes notes={run.notices} />
          </span>
        </p>
        <div className="runHeading-tools">
          <BranchButton run={run} readAt={readAt} />
          <Suspense>{isMoved(run) && <ControlsButton run={run} />}</Suspense>
          <FinalTestButton run={run} />
          <Button icon={Download} aria-haspopup="dialog" onClick={() => setExporting(true)}>
            Export
          </Button>
        </div>
      </div>
      {byTest(apart).map((runs) => (
        <p key={runs[0]!.id} className="runHeading-apart">
          {runs.length === 1 ? `“${runs[0]!.name}” is` : `${runs.length} runs are`} on another test (
          {testText(runs[0]!.spec)}) and not drawn beside it: their numbers do not compare.
        </p>
      ))}
      <FinalTestNumbers run={run} />
      <Suspense>
        {exporting && <ExportDialog run={run} shown={shown} onClose={() => setExporting(false)} />}
      </Suspense>
      {run.error && (
        <Notice tone="bad" title={run.error.kind === "input" ? "This run cannot go on" : "This run failed"}>
          <p>{formWords(run.error.message)}</p>
          {detailOf(run).points.size > 0 && <p>What it measured before is kept.</p>}
        </Notice>
      )}
      <CutOff run={run} />
      {run.detail.state === "unreadable" && (
        <Notice tone="bad" title="The points of this run cannot be read">
          <p>{run.detail.why}</p>
        </Notice>
      )}
      <MisfitNotice runs={shown.filter(({ misfits }) => misfits)} />
    </header>
  );
}

/** Whether its mix or its weights may have moved, so that it has controls. */
const isMoved = ({ spec, status, trajectory }: Run): boolean =>
  status === "finished" &&
  (spec.batch.schedule !== "constant" || spec.loss.weighting !== "constant" || trajectory !== undefined);

/** That numbers of runs are not to be believed as they stand, with the reason for the first of them. */
function MisfitNotice({ runs: [first, ...others] }: { readonly runs: readonly Run[] }) {
  if (!first) return null;
  const those = others.length === 1 ? `that of “${others[0]!.name}”` : `those of ${others.length} more runs`;
  return (
    <Notice tone="warn" title={`The record of “${first.name}” does not fit itself`}>
      <p>It was altered after its run, or damaged. What is shown of it is what the file says.</p>
      <ul className="numbers">
        {first.misfits?.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {others.length > 0 && (
        <p title={others.map(({ name }) => name).join(", ")}>
          {others.length === 1 ? "Nor does" : "Nor do"} {those}: the list of runs marks each.
        </p>
      )}
    </Notice>
  );
}
