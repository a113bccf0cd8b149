// A pane at the side of the stage: head, content that scrolls by itself, folded to a rail and back. Knows no content.
import { PanelLeftClose, PanelLeftOpen, PanelRightClose, PanelRightOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { paneKey, preferencesStore } from "../../state/preferencesStore.ts";
import type { Pane as PaneName } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";

interface PaneProps {
  readonly id: PaneName;
  readonly title: string;
  readonly side: "left" | "right";
  readonly foldable: boolean;
  readonly hidden: boolean;
  readonly tools?: ReactNode;
  readonly edge?: ReactNode; // towards the stage
  readonly children: ReactNode;
}

const ICONS = {
  left: { fold: PanelLeftClose, open: PanelLeftOpen },
  right: { fold: PanelRightClose, open: PanelRightOpen },
};

export function Pane({ id, title, side, foldable, hidden, tools, edge, children }: PaneProps) {
  const wished = useStore(preferencesStore, (state) => state.folded[paneKey(id)] ?? false);
  const folded = foldable && wished;
  const { fold, open } = ICONS[side];
  const Part = foldable ? "aside" : "main"; // alone on the page it is what the page is about
  return (
    <Part
      className="pane"
      id={`pane-${id}`}
      aria-label={title}
      hidden={hidden}
      data-folded={folded || undefined}
    >
      {foldable && !folded && edge}
      <header className="pane-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {!folded && tools}
        {foldable && (
          <Button
            look="quiet"
            className="pane-fold"
            icon={folded ? open : fold}
            iconOnly
            aria-expanded={!folded}
            aria-controls={`${id}-body`}
            onClick={() => preferencesStore.getState().setFolded(paneKey(id), !folded)}
          >
            {`${folded ? "Unfold" : "Fold"} the ${title.toLowerCase()}`}
          </Button>
        )}
      </header>
      <div className="pane-body" id={`${id}-body`} hidden={folded}>
        {children}
      </div>
    </Part>
  );
}
