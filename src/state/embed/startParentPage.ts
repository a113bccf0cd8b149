// Joins an embed to the window around it: the browser's messages, the form, the runs of this visit. Decides nothing.
import { linkPage } from "../../core/spec/linkPage.ts";
import { draftLink, draftStore } from "../draftStore.ts";
import { runLink } from "../run/runLink.ts";
import { runStore } from "../runStore.ts";
import { createParentPage } from "./parentPage.ts";

/** @param origin of the page that may speak to this one; undefined: none */
export function startParentPage(origin: string | undefined): void {
  if (window.parent === window) return; // opened by itself
  const link = () => `${linkPage(window.location.href)}#${draftLink(draftStore.getState())}`;
  const page = createParentPage({
    origin,
    post: (message, to) => window.parent.postMessage(message, to),
    warn: (sentence) => console.warn(sentence),
    nowMs: () => performance.now(),
    setMix(mix) {
      const { spec, setFields } = draftStore.getState();
      if (spec.batch.schedule === "drawn")
        return "this experiment’s mix follows a drawn curve, which a single mix would not change";
      setFields({ "batch.ratio": mix }, "mix set by the page around");
      return undefined;
    },
    mix: () => draftStore.getState().spec.batch.ratio,
    link,
    runLink: (run) => runLink(run, window.location.href),
  });
  window.addEventListener("message", (event) => {
    const { source, origin: from } = event;
    if (!source || source === window) return; // this page's own libraries talk so
    page.take({
      origin: from,
      isParent: source === window.parent,
      data: () => event.data as unknown,
      answer: (message) => source.postMessage(message, { targetOrigin: from === "null" ? "*" : from }),
    });
  });
  runStore.subscribe(({ runs, failedStart }) => page.follow(runs, failedStart?.message));
  page.ready();
}
