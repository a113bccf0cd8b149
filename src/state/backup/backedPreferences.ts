// Preferences of a backup: written as the browser keeps them, and taken over where a person has chosen nothing here.
import {
  parsePreferences,
  PREFERENCES_VERSION,
  preferencesStore,
  type Preferences,
} from "../preferencesStore.ts";

const USUAL = parsePreferences(null);
const KEYS = Object.keys(USUAL) as (keyof Preferences)[];

export function preferencesText(here: Preferences = preferencesStore.getState()): string {
  return JSON.stringify({
    version: PREFERENCES_VERSION,
    ...Object.fromEntries(KEYS.map((key) => [key, here[key]])),
  });
}

/**
 * @param text as `preferencesText` wrote it, or anything else: then nothing is taken
 * @returns what is taken over; never the hub's address, which a file must not name
 */
export function adoptedPreferences(text: string, here: Preferences): Partial<Preferences> {
  const given = parsePreferences(text);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const taken = KEYS.filter(
    (key) => key !== "hub" && same(here[key], USUAL[key]) && !same(given[key], USUAL[key]),
  );
  return Object.fromEntries(taken.map((key) => [key, given[key]]));
}

/** @returns whether anything was taken over */
export function adoptPreferences(text: string): boolean {
  const adopted = adoptedPreferences(text, preferencesStore.getState());
  preferencesStore.setState(adopted);
  return Object.keys(adopted).length > 0;
}
