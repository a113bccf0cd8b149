// A button that lets a person choose files, or one folder. Reads nothing of them.
import type { LucideIcon } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { Button } from "../controls/Button.tsx";
import { takeChosen, type Given } from "./givenFiles.ts";

interface FilesButtonProps {
  readonly what: "files" | "folder";
  readonly label: string; // of the input that a browser opens
  readonly icon: LucideIcon;
  readonly asks?: boolean; // a dialog follows
  readonly inactive?: boolean;
  readonly onGiven: (given: readonly Given[]) => void; // also with none: a folder may be empty
  readonly children: ReactNode;
}

export function FilesButton({
  what,
  label,
  icon,
  asks,
  inactive = false,
  onGiven,
  children,
}: FilesButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        {...(what === "folder" ? { webkitdirectory: "" } : { multiple: true })}
        className="visuallyHidden"
        tabIndex={-1}
        aria-label={label}
        onChange={({ target }) => onGiven(takeChosen(target))}
      />
      <Button
        icon={icon}
        inactive={inactive}
        {...(asks && { "aria-haspopup": "dialog" as const })}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
    </>
  );
}
