// Brings the form into view after something was put on it from elsewhere on the page.

/** The element behind which a narrow page folds the form. */
export const FORM_DRAWER = "form-drawer";
export const BRANCH_CARD = "branch-card";

/** Unfolds the form if need be, and leads to the card of the branch: what has to be read first. */
export function showBranchCard(): void {
  const drawer = document.getElementById(FORM_DRAWER);
  if (drawer instanceof HTMLDetailsElement) drawer.open = true;
  // The card is drawn with the next frame.
  requestAnimationFrame(() => {
    const card = document.getElementById(BRANCH_CARD);
    card?.scrollIntoView({ block: "nearest" });
    card?.querySelector("input")?.focus({ preventScroll: true });
  });
}
