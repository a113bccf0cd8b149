// A small button that opens words about itself: by mouse, touch and keyboard; Escape or a press elsewhere closes them.
import { useId, useState, type ReactNode } from "react";

interface HintProps {
  readonly label: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

const GAP = 6; // px between button and words, and to the window's edges

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
          if (newState === "open") requestAnimationFrame(() => place(currentTarget));
        }}
      >
        {open && children}
      </span>
    </span>
  );
}

/** Below its button where there is room, else above; within the window. */
function place(words: HTMLElement): void {
  const button = words.previousElementSibling!.getBoundingClientRect();
  const { width, height } = words.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = button.bottom + GAP;
  const fits = below + height + GAP <= clientHeight;
  const left = Math.max(GAP, Math.min(button.left, clientWidth - width - GAP));
  const top = fits ? below : Math.max(GAP, button.top - GAP - height);
  words.style.translate = `${left}px ${top}px`;
}
