// The last change of the form, to be taken back, and the one taken back last, to be made again.
import { Redo2, Undo2 } from "lucide-react";
import { useStore } from "zustand";
import { draftStore } from "../../state/draftStore.ts";
import { Button } from "../controls/Button.tsx";

export function UndoRow() {
  const last = useStore(draftStore, ({ past }) => past.at(-1)?.what);
  const next = useStore(draftStore, ({ future }) => future.at(-1)?.what);
  const { undo, redo } = draftStore.getState();
  return (
    <div className="undoRow" role="group" aria-label="Changes of the recipe">
      <Button
        look="quiet"
        icon={Undo2}
        inactive={last === undefined}
        title="Ctrl+Z"
        aria-keyshortcuts="Control+Z"
        onClick={undo}
      >
        {last === undefined ? "Undo" : `Undo: ${last}`}
      </Button>
      <Button
        look="quiet"
        icon={Redo2}
        inactive={next === undefined}
        title="Ctrl+Shift+Z"
        aria-keyshortcuts="Control+Shift+Z"
        onClick={redo}
      >
        {next === undefined ? "Redo" : `Redo: ${next}`}
      </Button>
    </div>
  );
}
