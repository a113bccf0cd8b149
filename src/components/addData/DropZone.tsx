// The frame that files and folders can be dropped on. Says what was dropped; decides nothing about it.
import type { ReactNode } from "react";
import { useDrop } from "../controls/useDrop.ts";
import { droppedFiles, type Given } from "./givenFiles.ts";

interface DropZoneProps {
  readonly onGiven: (given: readonly Given[]) => void; // also with none: a folder may be empty
  readonly children: ReactNode;
}

export function DropZone({ onGiven, children }: DropZoneProps) {
  const target = useDrop((transfer) => void droppedFiles(transfer).then(onGiven));
  return (
    <div className="dropZone" {...target}>
      {children}
    </div>
  );
}
