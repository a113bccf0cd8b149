// Whether an element is in sight, or nearly. Draws nothing.
import { useEffect, useRef, useState, type RefObject } from "react";

/** @returns a ref for the element, and whether it is within one screen of being seen; true before it is known */
export function useOnScreen<E extends Element>(): [RefObject<E | null>, boolean] {
  const element = useRef<E>(null);
  const [onScreen, setOnScreen] = useState(true);
  useEffect(() => {
    const watched = element.current;
    if (!watched || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => setOnScreen(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: "50%" },
    );
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, onScreen];
}
