// Where the page finds its sets and encoders, as the person who serves it says in lab.json. Hostile until parsed here.
import * as v from "valibot";
import { parseHubAddress } from "../encoders/hubAddress.ts";
import { DataError } from "../inputError.ts";

/** Folders that may lie elsewhere than in the page's own. */
export const PLACES = ["datasets", "models"] as const;

/** Addresses that end in "/", of those that lie elsewhere. */
export type LabSettings = Partial<Readonly<Record<(typeof PLACES)[number], string>>>;

const settings = v.object({ datasets: v.optional(v.string()), models: v.optional(v.string()) });

/**
 * @param base the page's folder
 * @throws DataError naming the entry that is wrong
 */
export function parseLabSettings(value: unknown, base: string): LabSettings {
  const given = v.safeParse(settings, value);
  if (!given.success)
    throw new DataError('lab.json: is not of the form {"datasets": "https://…/", "models": "https://…/"}');
  const found: { datasets?: string; models?: string } = {};
  for (const place of PLACES) {
    const text = given.output[place];
    if (text === undefined || text === "") continue;
    const address =
      URL.canParse(text, base) && parseHubAddress(new URL(text, base).href, new URL(base).origin);
    if (!address)
      throw new DataError(
        `lab.json: "${place}" is an https address or one of this host, without a query; got "${text.slice(0, 200)}"`,
      );
    found[place] = `${address}/`;
  }
  return found;
}
