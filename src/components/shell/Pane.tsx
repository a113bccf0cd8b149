// A pane at the side of the stage: head, content that scrolls by itself, folded to a rail and back. Knows no content.
import { PanelLeftClose, PanelLeftOpen, PanelRightClose, PanelRightOpen } from "lucide-react";
import type { FocusEventHandler, ReactNode } from "react";
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
  readonly onFocus: FocusEventHandler;
  readonly children: ReactNode;
}

const ICONS = {
  left: { fold: PanelLeftClose, open: PanelLeftOpen },
  right: { fold: PanelRightClose, open: PanelRightOpen },
};

export function Pane({ id, title, side, foldable, hidden, tools, edge, onFocus, children }: PaneProps) {
  const wished = useStore(preferencesStore, (state) => state.folded[paneKey(id)] ?? false);
  const folded = foldable && wished;
  const { fold, open } = ICONS[side];
  return (
    // One element in every width, so that what was opened or typed in it stays; alone on the page it is what the page is about.
    <section
      role={foldable ? "complementary" : "main"}
      className="pane"
      id={`pane-${id}`}
      aria-label={title}
      hidden={hidden}
      data-folded={folded || undefined}
      onFocus={onFocus}
    >
      {foldable && !folded && edge}
      <header className="pane-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {tools && (
          <div className="pane-tools" hidden={folded}>
            {tools}
          </div>
        )}
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
    </section>
  );
}
