// What a title says to a mouse that rests, said to fingers and to the keyboard, too (ADR 62). Knows no part of the page:
// whatever has a title is told. For assistive technology titles are descriptions already.
import { placeWords } from "./placeWords.ts";

const HELD_MS = 500; // a finger or the focus rests
const STILL_PX = 10; // a finger that moves further scrolls or drags
/** What a tap has other work for, unless it is inactive: its title takes a finger that rests. */
const ACTS = "button, a[href], summary, label, input, select, textarea, [role=slider], [role=separator]";

const titled = (target: EventTarget | null): Element | undefined =>
  (target instanceof Element && target.closest("[title]:not([title=''])")) || undefined;

/** For as long as the page lives. */
export function tellTitles(): void {
  const words = document.createElement("div");
  words.className = "hint-words";
  words.popover = "manual";
  words.ariaHidden = "true";
  document.body.append(words);

  let timer: ReturnType<typeof setTimeout> | undefined;
  let by: "mouse" | "finger" | "key" = "mouse";
  let told = false; // by the finger that still rests
  let from = { x: 0, y: 0 };

  const show = (about: Element) => {
    words.textContent = about.getAttribute("title");
    words.showPopover();
    placeWords(words, about);
  };
  const wait = () => clearTimeout(timer);
  const hide = () => {
    wait();
    if (words.matches(":popover-open")) words.hidePopover();
  };
  const listen = <T extends keyof DocumentEventMap>(type: T, heard: (event: DocumentEventMap[T]) => void) =>
    document.addEventListener(type, heard, { capture: true });

  listen("pointerdown", ({ target, pointerType, clientX, clientY }) => {
    hide();
    by = pointerType === "mouse" ? "mouse" : "finger";
    told = false;
    from = { x: clientX, y: clientY };
    const about = titled(target);
    if (by === "finger" && about)
      timer = setTimeout(() => {
        told = true;
        show(about);
      }, HELD_MS);
  });
  listen("pointermove", ({ clientX, clientY }) => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) wait();
  });
  listen("pointerup", wait);
  listen("pointercancel", wait);
  listen("click", (event) => {
    if (told) {
      told = false; // it asked what this does, and not to do it
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const about = by === "finger" ? titled(event.target) : undefined;
    const acts = (event.target as Element).closest(ACTS);
    if (about && (acts === null || acts.ariaDisabled === "true")) show(about);
  });
  listen("keydown", () => {
    by = "key";
    hide();
  });
  listen("focusin", ({ target }) => {
    const about = titled(target);
    if (by === "key" && about && (about === target || about.matches("label")))
      timer = setTimeout(() => show(about), HELD_MS);
  });
  listen("focusout", hide);
  listen("scroll", hide);
}
