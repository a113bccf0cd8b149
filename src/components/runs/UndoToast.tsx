// Says what was just deleted and brings it back on request. Gone after ten seconds.
import { Undo2 } from "lucide-react";
import { useStore } from "zustand";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";

export function UndoToast() {
  const removed = useStore(runStore, (state) => state.removed);
  const [first, ...others] = removed?.runs ?? [];
  return (
    <div className="toastPlace" role="status">
      {first && (
        <p className="toast">
          <span>
            Deleted “{first.name}”{others.length > 0 && ` and ${others.length} more`}.
          </span>
          <Button look="quiet" icon={Undo2} onClick={() => runStore.getState().undoRemove()}>
            Undo
          </Button>
        </p>
      )}
    </div>
  );
}
