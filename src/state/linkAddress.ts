// The experiment's link in the address bar, beside the addresses of other pages. Never reads what a link says.
import { linkEntries } from "../core/spec/linkText.ts";
import { isPageAddress } from "./viewStore.ts";

/** Where the link lives. Injected, so that the store runs without a browser. */
export interface Address {
  read(): string; // with or without "#"
  replace(hash: string): void; // without "#"; adds no history entry
  onChange(listener: () => void): void; // a link was opened in this page, not our own writing
}

/** What of a window is needed; a test has its own. */
export interface AddressBar {
  hash(): string;
  /** The entries of a link in path or query, where some programs put it; "" if there is none. */
  elsewhere?(): string;
  replaceHash(hash: string): void; // with "#"; a link elsewhere goes
  onHashChange(listener: () => void): void;
}

/**
 * While another page is shown, the link waits: what is written then appears when the lab comes back. Coming back to the
 * address one left is no opening of a link, so nothing edited meanwhile is lost.
 */
export function createLinkAddress(bar: AddressBar): Address {
  const elsewhere = /^#?$/.test(bar.hash()) ? (bar.elsewhere?.() ?? "") : "";
  if (elsewhere !== "") bar.replaceHash(`#${elsewhere}`);
  let link = isPageAddress(bar.hash()) ? "" : bar.hash(); // the present draft's
  let leftAt: string | undefined = isPageAddress(bar.hash()) ? "" : undefined; // the address another page was opened from
  const shown = (hash: string) => (hash === "#" ? "" : hash);
  return {
    read: () => link,
    replace(hash) {
      link = `#${hash}`;
      if (!isPageAddress(bar.hash())) bar.replaceHash(link);
    },
    onChange(listener) {
      bar.onHashChange(() => {
        const hash = shown(bar.hash());
        if (isPageAddress(hash)) {
          leftAt ??= link;
          return;
        }
        const isReturn = leftAt !== undefined && (hash === leftAt || hash === link);
        leftAt = undefined;
        if (isReturn) {
          if (link !== "") bar.replaceHash(link);
          return;
        }
        link = hash;
        listener();
      });
    },
  };
}

export function browserAddress(): Address {
  if (typeof window === "undefined") return { read: () => "", replace: () => {}, onChange: () => {} };
  return createLinkAddress({
    hash: () => window.location.hash,
    elsewhere: () => linkEntries(window.location.href.replace(/#$/, "")),
    replaceHash: (hash) => window.history.replaceState(window.history.state, "", pageAddress(hash)),
    onHashChange: (listener) => window.addEventListener("hashchange", listener),
  });
}

/** Of the page with a hash: without a link in its path or query, which would be another one. */
function pageAddress(hash: string): string {
  const { origin, pathname, search } = window.location;
  const at = pathname.search(/%23/);
  const path = at < 0 ? pathname : pathname.slice(0, at);
  return `${origin}${path}${linkEntries(origin + pathname + search) === "" ? search : ""}${hash}`;
}
