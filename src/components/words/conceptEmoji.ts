// The emoji a concept stands for, where its id is one: "1f600", "1f9d4-200d-2642". Draws nothing.
import { emojiOf, isEmoji } from "../../core/data/cldrEmoji.ts";

const CODE_POINTS = /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/;

/** @returns undefined for a concept of another dataset, whose id only looks like code points at times */
export function conceptEmoji(concept: string): string | undefined {
  if (!CODE_POINTS.test(concept)) return undefined;
  if (concept.split("-").some((hex) => parseInt(hex, 16) > 0x10ffff)) return undefined;
  const emoji = emojiOf(concept);
  return isEmoji(emoji) ? emoji : undefined;
}
