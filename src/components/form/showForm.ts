// Brings the form into view after something was put on it from elsewhere on the page.
import { paneKey, preferencesStore } from "../../state/preferencesStore.ts";
import { viewStore } from "../../state/viewStore.ts";

export const BRANCH_CARD = "branch-card";

/** Unfolds the recipe if need be, and leads to the card of the branch: what has to be read first. */
export function showBranchCard(): void {
  viewStore.getState().showPane("recipe");
  preferencesStore.getState().setFolded(paneKey("recipe"), false);
  // The card is drawn with the next frame.
  requestAnimationFrame(() => {
    const card = document.getElementById(BRANCH_CARD);
    card?.scrollIntoView({ block: "nearest" });
    card?.querySelector("input")?.focus({ preventScroll: true });
  });
}
