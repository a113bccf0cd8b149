// The experiment's link in the address bar, beside the addresses of other pages. Never reads what a link says.
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
  replaceHash(hash: string): void; // with "#"
  onHashChange(listener: () => void): void;
}

/**
 * While another page is shown, the link waits: what is written then appears when the lab comes back. Coming back to the
 * address one left is no opening of a link, so nothing edited meanwhile is lost.
 */
export function createLinkAddress(bar: AddressBar): Address {
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
    replaceHash: (hash) => window.history.replaceState(window.history.state, "", hash),
    onHashChange: (listener) => window.addEventListener("hashchange", listener),
  });
}
