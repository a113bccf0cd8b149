// How much larger than usual the page's letters are, for what a chart writes in pixels: a big screen is read from the back.
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";

/** As theme.css has it. */
const LARGE = 1.25;
const LARGE_SCREEN = "(min-width: 2200px)";

export function useTextScale(): number {
  const bigText = useStore(preferencesStore, (state) => state.bigText);
  return bigText || window.matchMedia(LARGE_SCREEN).matches ? LARGE : 1;
}
