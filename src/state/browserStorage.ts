// The browser's small storage of texts, where it lets the page have one.

/** The part of `Storage` that is used; the browser may refuse each call (private windows, blocked site data). */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
}

/** @returns the text under a key; null where there is none, or the browser refuses */
export function keptText(storage: TextStorage | undefined, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

export function keepText(storage: TextStorage | undefined, key: string, text: string): void {
  try {
    storage?.setItem(key, text);
  } catch {
    // Full or refused: nothing to tell, the page works on.
  }
}

export function browserStorage(): TextStorage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.localStorage; // the getter itself may throw
  } catch {
    return undefined;
  }
}
