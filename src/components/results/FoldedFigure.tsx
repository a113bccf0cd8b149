// A figure that is folded away at first, and not drawn until it is opened: it would have no width.
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { Panel } from "../controls/Panel.tsx";

interface FoldedFigureProps {
  readonly id: string;
  readonly title: string;
  readonly gist: string;
  readonly children: ReactNode;
}

export function FoldedFigure({ id, title, gist, children }: FoldedFigureProps) {
  const folded = useStore(preferencesStore, (state) => state.folded[id] ?? true);
  return (
    <Panel {...{ id, title, gist }} foldedAtFirst>
      {!folded && children}
    </Panel>
  );
}
