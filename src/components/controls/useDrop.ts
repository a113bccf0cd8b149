// What makes an element take what is dropped on it, and show that it would. Reads nothing of what was dropped.
import { useState, type DragEvent } from "react";

/** @param onDrop inside the event: a browser empties the list when it is over */
export function useDrop(onDrop: (transfer: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  return {
    "data-over": over || undefined,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onDrop(event.dataTransfer);
    },
  };
}
