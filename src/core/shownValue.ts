// A value that somebody gave, as a sentence about it shows it: short, and with nothing in it that hides.
import { visibleText } from "./visibleText.ts";

const MAX_SHOWN = 40; // letters

export function shownValue(value: unknown): string {
  if (typeof value === "string") {
    const cut = value.length > MAX_SHOWN ? "…" : "";
    return `"${visibleText(value.slice(0, MAX_SHOWN))}${cut}"`;
  }
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  if (value === undefined || value === null) return "nothing";
  return Array.isArray(value) ? "a list" : "an object";
}
