// A small button that opens words about itself: by mouse, touch and keyboard; Escape or a press elsewhere closes them.
import { useId, useState, type ReactNode } from "react";
import { placeWords } from "./placeWords.ts";

interface HintProps {
  readonly label: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Spans only, so that it may stand inside a sentence. What it says is made when it is opened. */
export function Hint({ label, className = "", children }: HintProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span className="hint">
      <button type="button" className={`hint-button ${className}`} popoverTarget={id} aria-expanded={open}>
        {label}
      </button>
      <span
        id={id}
        popover="auto"
        className="hint-words"
        role="note"
        onToggle={({ currentTarget, newState }) => {
          setOpen(newState === "open");
          if (newState === "open")
            requestAnimationFrame(() => placeWords(currentTarget, currentTarget.previousElementSibling!));
        }}
      >
        {open && children}
      </span>
    </span>
  );
}
