// All runs of this browser: find, compare, reuse, export, import, delete. Trains nothing.
import { Star, Trash2 } from "lucide-react";
import { Suspense, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { studyTraces } from "../../state/studyTraces.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { SearchBox } from "../controls/SearchBox.tsx";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { useDrop } from "../controls/useDrop.ts";
import { listedRuns, ORDERS, type RunOrder } from "./listedRuns.ts";
import { overviewCsv } from "./runFiles.ts";
import { listRows } from "./listRows.ts";
import { RunRows } from "./RunRows.tsx";
import { SeedSummary } from "./SeedSummary.tsx";
import { SnapshotChoice } from "./SnapshotChoice.tsx";
import { useCalmRuns } from "./useCalmRuns.ts";
import "./runs.css";

const FEW = 30; // rows that are all drawn
const IN_SIGHT = 8; // while the part for more is fetched
const ManyRuns = lazyPart(async () => (await import("./ManyRuns.tsx")).ManyRuns);
/** With all that studies are made of: fetched where there are any. */
const StudySection = lazyPart(async () => (await import("../study/StudySection.tsx")).StudySection);

export function RunList() {
  const runs = useCalmRuns();
  const { unreadable, notice, storage } = useStore(
    runStore,
    useShallow(({ unreadable, notice, storage }) => ({ unreadable, notice, storage })),
  );
  const studied = useStore(studyTraces, (state) => state.has);
  const [text, setText] = useState("");
  const [starredOnly, setStarredOnly] = useState(false);
  const [order, setOrder] = useState<RunOrder>("newest");
  useEffect(() => void runStore.getState().open(), []);
  const listed = useMemo(() => listedRuns(runs, text, starredOnly, order), [runs, text, starredOnly, order]);
  const rows = useMemo(() => listRows(listed), [listed]);
  const target = useDrop(({ files }) => void runStore.getState().importRuns([...files]));
  return (
    <section className="runList" aria-labelledby="runs-title" {...target}>
      {notice !== undefined && (
        <Notice tone="warn" onDismiss={() => runStore.getState().dismissNotice()}>
          <p>{notice}</p>
        </Notice>
      )}
      {runs.length > 0 && (
        <div className="runList-tools">
          <SearchBox
            label="Find a run by name, any setting, state, note or tag"
            placeholder="Find a run"
            value={text}
            onValue={setText}
          />
          <button
            type="button"
            className="runItem-star"
            aria-pressed={starredOnly}
            aria-label="Starred runs only"
            title="Starred runs only"
            onClick={() => setStarredOnly(!starredOnly)}
          >
            <Star aria-hidden size="1.1em" fill={starredOnly ? "currentColor" : "none"} />
          </button>
          <select
            className="select"
            aria-label="Order of the runs"
            value={order}
            onChange={({ target }) =>
              setOrder(ORDERS.find(({ value }) => value === target.value)?.value ?? order)
            }
          >
            {ORDERS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      {runs.length === 0 ? (
        <p className="runList-empty">
          {storage === "open"
            ? "Every run you train is kept here, in this browser only: to compare, repeat, share or export. Drop a run.json here to look at someone else’s."
            : "Looking for earlier runs…"}
        </p>
      ) : (
        <Suspense fallback={<RunRows rows={rows.slice(0, IN_SIGHT)} />}>
          {rows.length > FEW ? <ManyRuns rows={rows} /> : <RunRows rows={rows} />}
        </Suspense>
      )}
      {listed.length === 0 && runs.length > 0 && <p className="runList-empty">No run fits this search.</p>}
      {unreadable.map(({ id, reason }) => (
        <Notice key={id} tone="bad" title="A stored run cannot be read">
          <p>{reason}</p>
          <Button look="danger" icon={Trash2} onClick={() => runStore.getState().removeUnreadable(id)}>
            Delete it
          </Button>
        </Notice>
      ))}
      {studied && (
        <Suspense>
          <StudySection />
        </Suspense>
      )}
      <SeedSummary runs={runs} />
      <SnapshotChoice />
      {runs.length > 0 && (
        <footer className="runList-foot">
          <CsvButton csv={() => overviewCsv(listed)} name="runs" />
          <ClearButton ids={runs.filter((run) => !isGoing(run)).map((run) => run.id)} />
        </footer>
      )}
    </section>
  );
}

/** Two presses: the second says how many runs go. */
function ClearButton({ ids }: { readonly ids: readonly string[] }) {
  const [asking, setAsking] = useState(false);
  if (!asking || ids.length === 0) {
    return (
      <Button look="quiet" icon={Trash2} inactive={ids.length === 0} onClick={() => setAsking(true)}>
        Delete all…
      </Button>
    );
  }
  return (
    <span className="runList-confirm">
      <Button
        look="danger"
        autoFocus
        onClick={() => {
          setAsking(false);
          runStore.getState().remove(ids);
        }}
      >
        {ids.length === 1 ? "Delete 1 run" : `Delete all ${ids.length} runs`}
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>
        Keep them
      </Button>
    </span>
  );
}
