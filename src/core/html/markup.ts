// HTML and SVG as values: whatever is put into it is escaped, unless it is such a value itself. Reads none.
import { visibleText } from "../visibleText.ts";
import { escapeXml } from "./escapeXml.ts";

/** Made by `markup` and `trusted` alone. */
export interface Markup {
  readonly html: string;
}

type Inserted = string | number | Markup | readonly Markup[] | undefined | false;

/** For what this code wrote itself, such as a drawing. Never for what came from outside. */
export const trusted = (html: string): Markup => ({ html });

/** Text as it may stand between tags and in quoted attributes; what would reorder or hide its neighbours is written out. */
export const escaped = (text: string): string => escapeXml(visibleText(text)).replaceAll("'", "&#39;");

/**
 * markup`<p title="${name}">${name}</p>`. Attributes stand in quotes, and no value stands in a tag's name, a style or a
 * script: there escaping would not do.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  const texts = values.map((value) => {
    if (value === undefined || value === false) return "";
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return escaped(value);
    return "html" in value ? value.html : value.map(({ html }) => html).join("");
  });
  return { html: parts.map((part, i) => part + (texts[i] ?? "")).join("") };
}
