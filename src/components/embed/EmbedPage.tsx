// Some parts of the lab within another page, as its address names them. Keeps nothing in the browser, and trains at a click only.
import { SquareArrowOutUpRight } from "lucide-react";
import { Suspense, useEffect } from "react";
import { useStore } from "zustand";
import { readEmbed } from "../../core/embed/embedView.ts";
import { writeNumbersIn } from "../../core/numbersIn.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { takeGpuOffer } from "../../state/gpuOffer.ts";
import { draftLink, draftStore } from "../../state/draftStore.ts";
import { startParentPage } from "../../state/embed/startParentPage.ts";
import { keepPace } from "../../state/measurePace.ts";
import { whenQuiet } from "../../state/offline/quiet.ts";
import { Notice } from "../controls/Notice.tsx";
import { Notices } from "../shell/Notices.tsx";
import { ShownProvider } from "../stage/ShownProvider.tsx";
import { StageTile } from "../stage/StageTile.tsx";
import { EMBED_TILES } from "./embedTiles.tsx";
import "../results/results.css";
import "../stage/stage.css";
import "../shell/shell.css";
import "../shell/explain.css";
import "../form/form.css";
import "./embed.css";

/** Read once: who wants it otherwise loads another address. */
const { view, problems } = readEmbed(window.location.search);
writeNumbersIn(view.numbers);
if (view.theme !== "system") document.documentElement.dataset["theme"] = view.theme;
startParentPage(view.parent);

export function EmbedPage() {
  const hash = useStore(draftStore, draftLink);
  useEffect(() => {
    void datasetStore.getState().refresh();
    void takeGpuOffer();
    void keepPace(whenQuiet);
  }, []);
  return (
    <div className="embed">
      <header className="embed-head">
        <h1>Hybrid Batch Lab</h1>
        <a href={`${linkPage(window.location.href)}#${hash}`} target="_blank" rel="noopener">
          Open in the lab
          <SquareArrowOutUpRight aria-hidden size="1em" />
          <span className="visuallyHidden"> (a new tab)</span>
        </a>
      </header>
      <main className="stage-scroll">
        {problems.length > 0 && (
          <Notice tone="warn" title="Part of this embed’s address is not used">
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}.</li>
              ))}
            </ul>
          </Notice>
        )}
        <Notices />
        <h2 className="visuallyHidden">An experiment and its results</h2>
        <ShownProvider>
          <div className="stageGrid">
            {view.parts.map((part) => {
              const { element, wide } = EMBED_TILES[part];
              return (
                <StageTile key={part} wide={wide}>
                  <Suspense fallback={<p>Loading …</p>}>{element}</Suspense>
                </StageTile>
              );
            })}
          </div>
        </ShownProvider>
      </main>
    </div>
  );
}
