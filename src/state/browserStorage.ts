// The browser's small storage of texts, where it lets the page have one.

/** The part of `Storage` that is used; the browser may refuse each call (private windows, blocked site data). */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, text: string): void;
}

export function browserStorage(): TextStorage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.localStorage; // the getter itself may throw
  } catch {
    return undefined;
  }
}
