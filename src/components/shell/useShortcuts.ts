// The page's keys (Space, ".", "?", "/", Ctrl+Z) and what they do to the run. Never acts while something else wants the key.
import { useEffect } from "react";
import { draftStore } from "../../state/draftStore.ts";
import { runStore } from "../../state/runStore.ts";
import { contradictionOf } from "../../core/spec/course.ts";
import { startDraft, stepDraft } from "../../state/startDraft.ts";

/** What Space and the big button do now. Does nothing where the draft contradicts itself. */
export function toggleRun(): void {
  const { runs, trainingId, pause, resume } = runStore.getState();
  const run = runs.find(({ id }) => id === trainingId);
  if (run) void (run.status === "paused" ? resume() : pause());
  else if (contradictionOf(draftStore.getState()) === undefined) void startDraft();
}

/** What "." does now: one step of the run that is going on, or of a new one. */
export function stepRun(): void {
  if (contradictionOf(draftStore.getState()) === undefined) void stepDraft();
}

interface Shortcuts {
  readonly onHelp: () => void; // ?
  readonly onSearch: () => void; // /
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y are the form's, but for text that is being typed: that is the browser's to undo. */
function undoKey(event: KeyboardEvent): (() => void) | undefined {
  const { target, key, shiftKey } = event;
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const typing = target instanceof Element && target.closest(TYPED) !== null;
  if (typing && !target.matches("select, [role=spinbutton]")) return undefined;
  const { undo, redo } = draftStore.getState();
  if (key.toLowerCase() === "z") return shiftKey ? redo : undo;
  return key.toLowerCase() === "y" && !shiftKey ? redo : undefined;
}

/** What takes characters. A checkbox or a slider does not. */
const TYPED = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/** Typing, pressing and moving things keep their keys; so does everything in an open dialog. */
const OWNERS =
  "input, textarea, select, button, summary, a, dialog, [contenteditable], [role=slider], [role=application], [role=separator], [role=tab]";

export function useShortcuts({ onHelp, onSearch }: Shortcuts): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
      const undoes = undoKey(event);
      if (undoes) {
        event.preventDefault();
        return undoes();
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const { target } = event;
      const owned = target instanceof Element && target.closest(OWNERS) !== null;
      const typing = target instanceof Element && target.closest(TYPED) !== null;
      const actions: Record<string, (() => void) | undefined> = {
        " ": owned || event.repeat ? undefined : toggleRun,
        ".": typing ? undefined : stepRun,
        "?": typing ? undefined : onHelp,
        "/": typing ? undefined : onSearch,
      };
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [onHelp, onSearch]);
}
