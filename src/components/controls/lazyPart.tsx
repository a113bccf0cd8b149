// A part of the page that is fetched when it is first shown, and again after a fetch that failed.
import { createElement, lazy, type ComponentType, type FunctionComponent } from "react";

/** As React's `lazy`, which never asks twice. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  const ask = () =>
    lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        present = ask();
        throw error;
      }
    });
  let present = ask();
  return function Part(props: P) {
    return createElement(present as ComponentType<P>, props);
  };
}

/** Whether an error says that a part could not be fetched: in Chromium, Firefox and Safari. */
export function isUnfetched(error: unknown): boolean {
  return (
    error instanceof TypeError && /dynamically imported module|Importing a module script/i.test(error.message)
  );
}
