// A part of the page that is fetched when it is first shown, and again after a fetch that failed.
import { createElement, lazy, type ComponentType, type FunctionComponent } from "react";

/** Of parts whose fetch failed: each asks anew. */
const lost = new Set<() => void>();

/** Before what failed is shown again. While it fails it must stay the same to React, which else would ask for ever. */
export function askForLostParts(): void {
  for (const askAnew of lost) askAnew();
  lost.clear();
}

/** As React's `lazy`, which never asks twice; after `askForLostParts` it does. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  const ask = () =>
    lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        lost.add(() => (present = ask()));
        throw error;
      }
    });
  let present = ask();
  return function Part(props: P) {
    return createElement(present as ComponentType<P>, props);
  };
}

/** A part that nobody asked for: where it cannot be fetched, the page goes on without it. */
export const lazyExtra = (load: () => Promise<ComponentType>): FunctionComponent =>
  lazyPart(() => load().catch(() => () => null));

/** Whether an error says that a part could not be fetched: in Chromium and Firefox, in Safari, and its styles by Vite. */
export function isUnfetched(error: unknown): boolean {
  const said = /dynamically imported module|Importing a module script|Unable to preload CSS/i;
  return error instanceof Error && said.test(error.message);
}
