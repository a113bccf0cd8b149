// A titled card that can be folded; remembers how this person left it. Knows nothing of its content.
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";
import "./controls.css";

interface PanelProps {
  readonly id: string; // stable: the folded state is stored under it
  readonly title: string;
  readonly gist?: ReactNode; // the content in a few words, shown while folded
  readonly foldedAtFirst?: boolean;
  readonly children: ReactNode;
}

export function Panel({ id, title, gist, foldedAtFirst = false, children }: PanelProps) {
  const folded = useStore(preferencesStore, (state) => state.folded[id] ?? foldedAtFirst);
  return (
    <details
      className="panel"
      open={!folded}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open === folded) preferencesStore.getState().setFolded(id, !currentTarget.open);
      }}
    >
      <summary className="panel-head">
        <h3>{title}</h3>
        {folded && gist !== undefined && <span className="panel-gist">{gist}</span>}
        <ChevronDown className="panel-mark" aria-hidden size="1.1em" />
      </summary>
      <div className="panel-body">{children}</div>
    </details>
  );
}
