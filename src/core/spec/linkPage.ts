// The address that a link is put behind. The query may say how the page is shown; that is no part of any link.

/** The entry of the query that names the view. */
export const VIEW_KEY = "view";

/** How the page is shown: its view, and of an embed (core/embed) its parts, theme, language of numbers and the page around it. */
export const SHOWN_KEYS = [VIEW_KEY, "show", "theme", "numbers", "parent"] as const;

/** The view of a page within another one, with chosen parts of the lab (core/embed). */
export const EMBED = "embed";

/** Whether a query asks for it. */
export const isEmbed = (query: string): boolean => new URLSearchParams(query).get(VIEW_KEY) === EMBED;

const isShown = (entry: string) => SHOWN_KEYS.some((key) => entry.startsWith(`${key}=`));

/** @param query with or without "?"; @returns with "?", or "" where nothing else is in it */
export function withoutView(query: string): string {
  const entries = query.replace(/^\?/, "").split("&");
  const rest = entries.filter((entry) => entry !== "" && !isShown(entry));
  return rest.length === 0 ? "" : `?${rest.join("&")}`;
}

/** @param href of the page as it is shown; @returns it without hash and view */
export function linkPage(href: string): string {
  const [page = ""] = href.split("#");
  const query = page.indexOf("?");
  return query < 0 ? page : page.slice(0, query) + withoutView(page.slice(query));
}
