// A link as HTML that shows the lab within another page.

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const attribute = (text: string) => text.replace(/[&"<>]/g, (mark) => ENTITIES[mark]!);

/** @param title for those who hear the page */
export const frameText = (link: string, title: string): string =>
  `<iframe src="${attribute(link)}" title="${attribute(title)}" width="900" height="520" style="border: 0; max-width: 100%" allow="clipboard-write; cross-origin-isolated; fullscreen"></iframe>`;
