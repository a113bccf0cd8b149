// The first visit, step by step, above what the stage shows: who has been here before sees nothing of it.
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { guideStore } from "../../state/guideStore.ts";
import { GuideAnswer } from "./GuideAnswer.tsx";
import { GuideCompare } from "./GuideCompare.tsx";
import { GuideGuess } from "./GuideGuess.tsx";
import { GuideTraining } from "./GuideTraining.tsx";
import { GuideWelcome } from "./GuideWelcome.tsx";
import "./guide.css";

export function Guide() {
  const guide = useStore(guideStore, (state) => state.guide);
  const box = useRef<HTMLElement>(null);
  const shown = useRef(guide.at);
  useEffect(() => {
    const before = shown.current;
    shown.current = guide.at;
    // The button that led here is gone, or in the help: the keyboard goes on from here, not from the top of the page.
    const isLost = before !== guide.at && document.activeElement === document.body;
    const isAsked = before === "off" && guide.at === "welcome";
    if (isLost || isAsked) box.current?.focus({ preventScroll: true });
  }, [guide.at]);
  switch (guide.at) {
    case "off":
      return null;
    case "unknown":
      return <div className="opening-wait" />; // no charts that vanish at once
    case "welcome":
    case "guess":
      return (
        <section ref={box} className="opening" data-alone aria-labelledby="guide-title" tabIndex={-1}>
          {guide.at === "welcome" ? <GuideWelcome /> : <GuideGuess guess={guide.guess} />}
        </section>
      );
    case "first":
    case "answer":
    case "second":
    case "compare":
      return (
        <section ref={box} className="guide" data-step={guide.at} aria-labelledby="guide-title" tabIndex={-1}>
          {guide.at === "first" && <GuideTraining runId={guide.firstId} guess={guide.guess} />}
          {guide.at === "answer" && <GuideAnswer {...guide} />}
          {guide.at === "second" && <GuideTraining runId={guide.secondId} isSecond />}
          {guide.at === "compare" && <GuideCompare />}
        </section>
      );
  }
}
