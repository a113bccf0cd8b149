// Keeps the title of the document to what is shown and what trains. Draws nothing.
import { useEffect } from "react";
import { useStore } from "zustand";
import { STAGE_VIEWS, viewStore } from "../../state/viewStore.ts";
import { runStore } from "../../state/runStore.ts";
import { VIEWS } from "../stage/views.tsx";
import { titleText } from "./titleText.ts";

export function PageTitle() {
  const part = useStore(viewStore, ({ view, stage }) =>
    view === "data" ? "Data" : stage === STAGE_VIEWS[0] ? undefined : VIEWS[stage].label,
  );
  const title = useStore(runStore, ({ runs, trainingId }) =>
    titleText(
      runs.find(({ id }) => id === trainingId),
      part,
    ),
  );
  useEffect(() => void (document.title = title), [title]);
  return null;
}
