// The address that a link is put behind. The query may say which view the page shows; that is no part of any link.

/** The entry of the query that names the view. */
export const VIEW_KEY = "view";

/** @param query with or without "?"; @returns with "?", or "" where nothing else is in it */
export function withoutView(query: string): string {
  const entries = query.replace(/^\?/, "").split("&");
  const rest = entries.filter((entry) => entry !== "" && !entry.startsWith(`${VIEW_KEY}=`));
  return rest.length === 0 ? "" : `?${rest.join("&")}`;
}

/** @param href of the page as it is shown; @returns it without hash and view */
export function linkPage(href: string): string {
  const [page = ""] = href.split("#");
  const query = page.indexOf("?");
  return query < 0 ? page : page.slice(0, query) + withoutView(page.slice(query));
}
