// A link as HTML that shows parts of the lab within another page.
import { embedLink, USUAL_EMBED, type EmbedView } from "../../core/embed/embedView.ts";

/** What is embedded, and how large. */
export interface FrameChoice {
  readonly view: EmbedView;
  readonly width: number | "full"; // px
  readonly height: number; // px
}

export const USUAL_FRAME: FrameChoice = { view: USUAL_EMBED, width: "full", height: 760 };

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const attribute = (text: string) => text.replace(/[&"<>]/g, (mark) => ENTITIES[mark]!);

/** @param title for those who hear the page */
export function frameText(link: string, title: string, { view, width, height }: FrameChoice): string {
  const size = `width="${width === "full" ? "100%" : width}" height="${height}"`;
  return `<iframe src="${attribute(embedLink(link, view))}" title="${attribute(title)}" ${size} style="border: 0; max-width: 100%" allow="clipboard-write; cross-origin-isolated; fullscreen" loading="lazy"></iframe>`;
}
