// What can be done with the chosen runs: compare, star, label, export, delete. Always there, so that nothing jumps.
import { ChartLine, FileDown, Star, StarOff, Tags, Trash2 } from "lucide-react";
import { useState } from "react";
import { counted } from "../../core/counted.ts";
import { isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { ExportChosen } from "./ExportChosen.tsx";
import { LabelsDialog } from "./LabelsDialog.tsx";

/** The points of more would fill the memory. */
const MOST_COMPARED = 100;

export function ChosenBar({ runs }: { readonly runs: readonly Run[] }) {
  const [dialog, setDialog] = useState<"labels" | "export">();
  const ids = runs.map(({ id }) => id);
  const none = runs.length === 0;
  const starred = !none && runs.every((run) => run.starred);
  const { compare, star, remove } = runStore.getState();
  const tooMany = runs.length > MOST_COMPARED;
  const close = () => setDialog(undefined);
  return (
    <div className="runsTable-chosen" role="toolbar" aria-label="The chosen runs">
      <span role="status" title="Click a row; Shift takes a stretch, Ctrl one more, Ctrl A all">
        {none ? "None chosen" : `${runs.length} chosen`}
      </span>
      <Button
        look="quiet"
        icon={ChartLine}
        inactive={none || tooMany}
        title={tooMany ? `At most ${MOST_COMPARED} runs can be drawn together` : "Draw them together"}
        onClick={() => {
          compare(ids);
          viewStore.getState().showStage("compare");
        }}
      >
        Compare
      </Button>
      <Button
        look="quiet"
        icon={starred ? StarOff : Star}
        inactive={none}
        onClick={() => star(ids, !starred)}
      >
        {starred ? "Unstar" : "Star"}
      </Button>
      <Button look="quiet" icon={Tags} inactive={none} onClick={() => setDialog("labels")}>
        Tags and note
      </Button>
      <Button look="quiet" icon={FileDown} inactive={none} onClick={() => setDialog("export")}>
        Export
      </Button>
      <Button
        look="quiet"
        className="button-danger"
        icon={Trash2}
        inactive={none || runs.every(isGoing)}
        title={`Delete ${counted(runs.length, "run")}; it can be undone for ten seconds`}
        onClick={() => remove(ids)}
      >
        Delete
      </Button>
      {dialog === "labels" && !none && <LabelsDialog runs={runs} onClose={close} />}
      {dialog === "export" && !none && <ExportChosen runs={runs} onClose={close} />}
    </div>
  );
}
