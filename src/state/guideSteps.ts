// What the page shows somebody who has never been here, step by step: guess, train, see; the same with another mix,
// compare. Pure: says which step follows what happened, and does nothing.

export type Guide =
  | { readonly at: "unknown" } // whether anything was trained here before is still being read
  | { readonly at: "off" }
  | { readonly at: "welcome" }
  | { readonly at: "guess"; readonly guess?: string | undefined } // a language
  | { readonly at: "first" | "answer"; readonly guess?: string | undefined; readonly firstId: string }
  | { readonly at: "second" | "compare"; readonly firstId: string; readonly secondId: string };

export type GuideEvent =
  | { readonly type: "known"; readonly isNew: boolean }
  | { readonly type: "begin" }
  | { readonly type: "ask" }
  | { readonly type: "guess"; readonly language: string }
  | { readonly type: "started"; readonly runId: string } // by whatever button
  | { readonly type: "ended"; readonly runId: string; readonly measured: boolean } // it has a result
  | { readonly type: "gone"; readonly runId: string }
  | { readonly type: "leave" };

const OFF: Guide = { at: "off" };

export function nextGuide(guide: Guide, event: GuideEvent): Guide {
  switch (event.type) {
    case "known":
      return guide.at !== "unknown" ? guide : event.isNew ? { at: "welcome" } : OFF;
    case "begin":
      return { at: "welcome" };
    case "ask":
      return guide.at === "welcome" ? { at: "guess" } : guide;
    case "guess":
      return guide.at === "welcome" || guide.at === "guess" ? { at: "guess", guess: event.language } : guide;
    case "started":
      return afterStart(guide, event.runId);
    case "ended":
      return afterEnd(guide, event);
    case "gone":
      return afterLoss(guide, event.runId);
    case "leave":
      return OFF;
  }
}

function afterStart(guide: Guide, runId: string): Guide {
  switch (guide.at) {
    case "unknown": // somebody was quicker than the storage: they know their way
    case "compare":
    case "off":
      return OFF;
    case "welcome":
      return { at: "first", firstId: runId };
    case "guess":
    case "first":
      return { at: "first", guess: guide.guess, firstId: runId };
    case "answer":
    case "second":
      return { at: "second", firstId: guide.firstId, secondId: runId };
  }
}

function afterEnd(guide: Guide, { runId, measured }: Extract<GuideEvent, { type: "ended" }>): Guide {
  if (guide.at === "first" && guide.firstId === runId)
    return measured ? { ...guide, at: "answer" } : { at: "guess", guess: guide.guess };
  if (guide.at === "second" && guide.secondId === runId)
    return measured ? { ...guide, at: "compare" } : { at: "answer", firstId: guide.firstId };
  return guide;
}

/** A run that could not begin is gone at once: it is tried again. */
function afterLoss(guide: Guide, runId: string): Guide {
  if (!awaitedRuns(guide).includes(runId)) return guide;
  const inTraining = afterEnd(guide, { type: "ended", runId, measured: false });
  return inTraining === guide ? OFF : inTraining;
}

/** Runs without which the present step has nothing to show. */
export function awaitedRuns(guide: Guide): readonly string[] {
  if (!("firstId" in guide)) return [];
  return "secondId" in guide ? [guide.firstId, guide.secondId] : [guide.firstId];
}
