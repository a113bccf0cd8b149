// Where words stand that a press or the focus opens: below what they are about where there is room, else above; within the window.
const GAP = 6; // px between the two, and to the window's edges

/** @param words in the top layer, at its origin */
export function placeWords(words: HTMLElement, about: Element): void {
  const box = about.getBoundingClientRect();
  const { width, height } = words.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = box.bottom + GAP;
  const fits = below + height + GAP <= clientHeight;
  const left = Math.max(GAP, Math.min(box.left, clientWidth - width - GAP));
  const top = fits ? below : Math.max(GAP, box.top - GAP - height);
  words.style.translate = `${left}px ${top}px`;
}
