// What becomes of the matches when a text is split at them: kept apart, dropped, or joined to a neighbour.
import type { Span } from "./pattern.ts";

export const BEHAVIORS = [
  "Removed",
  "Isolated",
  "MergedWithPrevious",
  "MergedWithNext",
  "Contiguous",
] as const;
export type SplitBehavior = (typeof BEHAVIORS)[number];

interface Section {
  start: number;
  end: number;
  readonly match: boolean;
}

/** The whole text in order: matches and what lies between them. */
function sectionsOf(text: string, matches: readonly Span[], inverted: boolean): Section[] {
  if (text === "") return [];
  const sections: Section[] = [];
  let last = 0;
  const put = (start: number, end: number, match: boolean) =>
    sections.push({ start, end, match: match !== inverted });
  for (const [start, end] of matches) {
    if (last < start) put(last, start, false);
    put(start, end, true);
    last = end;
  }
  if (last < text.length) put(last, text.length, false);
  return sections;
}

/**
 * @param inverted what lies between the matches counts as the matches
 * @returns the parts that are not empty, in order
 */
export function splitAt(
  text: string,
  matches: readonly Span[],
  behavior: SplitBehavior,
  inverted = false,
): { readonly text: string; readonly start: number }[] {
  const sections = sectionsOf(text, matches, inverted);
  return joined(sections, behavior)
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({ text: text.slice(start, end), start }));
}

function joined(sections: Section[], behavior: SplitBehavior): Section[] {
  switch (behavior) {
    case "Isolated":
      return sections;
    case "Removed":
      return sections.filter(({ match }) => !match);
    case "Contiguous":
      return fold(sections, (section, before) => section.match === before);
    case "MergedWithPrevious":
      return fold(sections, (section, before) => section.match && !before);
    case "MergedWithNext":
      // The same from the end.
      return fold([...sections].reverse(), (section, before) => section.match && !before).reverse();
  }
}

/** Joins a section to the one before it where `joins` says so; `before` = whether that one was a match, false at first. */
function fold(
  sections: readonly Section[],
  joins: (section: Section, before: boolean) => boolean,
): Section[] {
  const out: Section[] = [];
  let before = false;
  for (const section of sections) {
    const last = out.at(-1);
    if (joins(section, before) && last) {
      last.start = Math.min(last.start, section.start);
      last.end = Math.max(last.end, section.end);
    } else out.push({ ...section });
    before = section.match;
  }
  return out;
}
