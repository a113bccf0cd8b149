// One run in the list: what it is, its numbers, and once it is chosen what can be done with it.
import { counted } from "../../core/counted.ts";
import {
  FileJson,
  FileSpreadsheet,
  Pencil,
  Play,
  RotateCcw,
  SlidersHorizontal,
  Star,
  Trash2,
} from "lucide-react";
import { memo, useState, type CSSProperties } from "react";
import { detailOf, isGoing, MAX_NAME_LENGTH, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { loadSettings, trainAgain } from "../../state/startDraft.ts";
import { RunWhat } from "../words/RunWhat.tsx";
import { countText, metricText } from "../words/numberText.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { MixGlyph } from "../charts/MixGlyph.tsx";
import { Swatch } from "../charts/Swatch.tsx";
import { Button } from "../controls/Button.tsx";
import { CopyButton } from "../controls/CopyButton.tsx";
import { ListNumbers } from "./ListNumbers.tsx";
import { ModelButton } from "./ModelButton.tsx";
import { runLink } from "../../state/run/runLink.ts";
import { savePoints, saveRecord } from "./runFiles.ts";
import { statusWord } from "../words/statusWords.ts";

interface RunItemProps {
  readonly run: Run;
  readonly selected: boolean;
  readonly overlaid: boolean;
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export const RunItem = memo(({ run, selected, overlaid }: RunItemProps) => {
  const [renaming, setRenaming] = useState(false);
  const { select, toggleOverlay, toggleStar } = runStore.getState();
  const { id, name, summary, spec } = run;
  return (
    <div
      className="runItem"
      data-selected={selected || undefined}
      style={{ "--run": lineLook(run.colour).colour } as CSSProperties}
    >
      <div className="runItem-head">
        <label className="runItem-overlay" title="Draw on the charts beside the chosen run">
          <input
            type="checkbox"
            checked={selected || overlaid}
            disabled={selected}
            aria-label={`Draw ${name} on the charts`}
            onChange={() => toggleOverlay(id)}
          />
        </label>
        {renaming ? (
          <NameBox run={run} onDone={() => setRenaming(false)} />
        ) : (
          <button
            type="button"
            className="runItem-name"
            aria-pressed={selected}
            onClick={() => select(id)}
            onDoubleClick={() => setRenaming(true)}
          >
            <Swatch {...lineLook(run.colour)} />
            <span className="runItem-title">{name}</span>
          </button>
        )}
        <button
          type="button"
          className="runItem-star"
          aria-pressed={run.starred}
          aria-label={run.starred ? `Take the star from ${name}` : `Star ${name}`}
          onClick={() => toggleStar(id)}
        >
          <Star aria-hidden size="1.1em" fill={run.starred ? "currentColor" : "none"} />
        </button>
      </div>
      <p className="runItem-facts" title={run.subtitle}>
        <MixGlyph spec={spec} />{" "}
        <span className={`runItem-status runItem-${run.status}`}>{statusWord(run)}</span>{" "}
        {isGoing(run) || run.status !== "finished"
          ? `${countText(run.step)} of ${counted(spec.steps, "step")}`
          : counted(spec.steps, "step")}{" "}
        {run.misfits && <strong className="runItem-misfit">Does not fit itself </strong>}
        <span className="runItem-what">
          <RunWhat run={run} />
        </span>
      </p>
      {run.snapshotStep !== undefined && !isGoing(run) && (
        <Button
          icon={Play}
          className="runItem-continue"
          title={`Goes on from the snapshot of step ${countText(run.snapshotStep)}; a run in training is ended`}
          onClick={() => void runStore.getState().goOn(id)}
        >
          Continue<span className="visuallyHidden"> {name}</span>
        </Button>
      )}
      <ListNumbers
        value={(metric) => {
          const change = summary[metric.path];
          return change && metricText(metric)(change.now);
        }}
      />
      {selected && <Actions run={run} onRename={() => setRenaming(true)} />}
    </div>
  );
});

function Actions({ run, onRename }: { readonly run: Run; readonly onRename: () => void }) {
  const { id, spec, status, step } = run;
  const { record } = detailOf(run);
  const going = isGoing(run);
  const againTitle = going
    ? "The run is going on"
    : status === "stopped"
      ? `The same once more, up to step ${countText(step)} of ${countText(spec.steps)}`
      : "The same once more, as a new run";
  return (
    <div className="runItem-actions">
      <p>{when.format(run.createdAt)}; one seed, no interval.</p>
      <Button icon={SlidersHorizontal} onClick={() => loadSettings(run)}>
        Load settings
      </Button>
      <Button icon={RotateCcw} inactive={going} title={againTitle} onClick={() => void trainAgain(run)}>
        Train again
      </Button>
      <CopyButton text={runLink(run, window.location.href)}>Copy link</CopyButton>
      <Button
        icon={FileJson}
        inactive={!record}
        title={record ? "Save the run record" : "Only a run that came to its end has a record"}
        onClick={() => void saveRecord(id)}
      >
        JSON
      </Button>
      <Button icon={FileSpreadsheet} title="Save every point as CSV" onClick={() => void savePoints(id)}>
        CSV
      </Button>
      <ModelButton run={run} />
      <Button look="quiet" icon={Pencil} onClick={onRename}>
        Rename
      </Button>
      <Button
        look="quiet"
        className="button-danger"
        icon={Trash2}
        inactive={going}
        title={
          run.elsewhere
            ? "Another tab trains this run: stop it there before you delete it"
            : going
              ? "Stop the run before you delete it"
              : "Delete this run"
        }
        onClick={() => runStore.getState().remove([id])}
      >
        Delete
      </Button>
    </div>
  );
}

function NameBox({ run, onDone }: { readonly run: Run; readonly onDone: () => void }) {
  const [name, setName] = useState(run.name);
  const take = () => {
    runStore.getState().rename(run.id, name);
    onDone();
  };
  return (
    <input
      className="textBox runItem-nameBox"
      aria-label="New name of the run; Enter takes it, Escape leaves the old one"
      value={name}
      maxLength={MAX_NAME_LENGTH}
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setName(target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        event.stopPropagation(); // Space and "." are text here, not shortcuts
        if (event.key === "Enter") take();
        if (event.key === "Escape") onDone();
      }}
    />
  );
}
