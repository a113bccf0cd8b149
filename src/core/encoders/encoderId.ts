// What an encoder's id in the spec stands for: random weights, a shipped model, a hub repository, a folder kept here, or
// an address. Never looks whether it exists.

export type EncoderRef =
  | { readonly kind: "random" }
  | { readonly kind: "shipped"; readonly name: string } // public/models/<name>
  | { readonly kind: "hub"; readonly repository: string; readonly revision: string } // hf:owner/name@revision
  | { readonly kind: "local"; readonly name: string } // kept in this browser, or in the lab's home on disk
  | { readonly kind: "url"; readonly url: string }; // of a folder, ends in "/"

export const RANDOM_ENCODER = "random";
export const MAIN_REVISION = "main";

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const REPOSITORY_PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
const HUB = new RegExp(
  `^hf:(${REPOSITORY_PART}/${REPOSITORY_PART})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,99}))?$`,
);

/** Whether a name can be given to a folder kept here. */
export function isModelName(name: string): boolean {
  return NAME.test(name) && !name.includes("..");
}

/** @returns undefined for a text that can be no encoder id */
export function parseEncoderId(id: string): EncoderRef | undefined {
  if (id === RANDOM_ENCODER) return { kind: "random" };
  if (id.startsWith("local:")) {
    const name = id.slice("local:".length);
    return isModelName(name) ? { kind: "local", name } : undefined;
  }
  const hub = HUB.exec(id);
  if (hub) {
    const [, repository = "", revision = MAIN_REVISION] = hub;
    return repository.includes("..") || revision.includes("..")
      ? undefined
      : { kind: "hub", repository, revision };
  }
  if (/^https:\/\/[^\s"<>\\]{3,1000}$/.test(id) && URL.canParse(id)) {
    const url = new URL(id);
    if (url.search || url.hash || url.username || url.password) return undefined;
    return { kind: "url", url: url.href.replace(/\/*$/, "/") };
  }
  return isModelName(id) ? { kind: "shipped", name: id } : undefined;
}

/** The same encoder pinned to a commit: what a link or record should say. */
export function hubId(repository: string, revision: string): string {
  return revision === MAIN_REVISION ? `hf:${repository}` : `hf:${repository}@${revision}`;
}
