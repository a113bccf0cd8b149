// The id of a person's own set, made from the name they give it. Knows nothing of what is stored.
import { hash32 } from "../random.ts";

/** Beyond this an id is no help to a reader; a hash then tells long titles apart. */
const MAX_SLUG = 60;

/**
 * "My Set (2)" -> "my-set-2", "Übung" -> "ubung". Where letters or digits are lost, as of other scripts, a hash of the
 * whole title stands for them, so that two titles never share an id for want of Latin letters.
 * @param taken ids of the catalogue, which no own set takes: "xquad-r" -> "own-xquad-r"
 */
export function ownDatasetId(title: string, taken: readonly string[]): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const isWhole = slug !== "" && slug.length <= MAX_SLUG && !/(?![a-z0-9])[\p{L}\p{N}]/u.test(plain);
  const hash = (hash32(title.normalize("NFC"), 0x811c9dc5) >>> 0).toString(36);
  const id = isWhole ? slug : [slug.slice(0, MAX_SLUG).replace(/-$/, ""), hash].filter(Boolean).join("-");
  return slug === "" || taken.includes(id) ? `own-${id}` : id;
}
