// The frame that files and folders can be dropped on. Says what was dropped; decides nothing about it.
import { useState, type ReactNode } from "react";
import { droppedFiles, type Given } from "./givenFiles.ts";

interface DropZoneProps {
  readonly onGiven: (given: readonly Given[]) => void; // also with none: a folder may be empty
  readonly children: ReactNode;
}

export function DropZone({ onGiven, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className="dropZone"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(onGiven);
      }}
    >
      {children}
    </div>
  );
}
