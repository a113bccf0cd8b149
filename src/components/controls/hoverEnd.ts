// What ends when a pointer leaves. Knows nothing of what was pointed at.
import type { PointerEvent } from "react";

/** For onPointerLeave: a mouse goes elsewhere; a finger that is lifted leaves what it pointed at to be read. */
export const hoverEnd =
  (end: () => void) =>
  ({ pointerType }: PointerEvent): void => {
    if (pointerType === "mouse") end();
  };
