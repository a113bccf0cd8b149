// What the page measures, in plain words, the kinds of batch, and its keys.
import { guideStore } from "../../state/guideStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { GLOSSARY, TERM_IDS, termTitle } from "../words/glossary.ts";
import { TermPicture } from "../words/TermPicture.tsx";
import { KindList } from "./KindList.tsx";
import "./explain.css";

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ["Space", "train, pause, resume"],
  [".", "train one step, then pause"],
  ["Ctrl Z", "undo the last change of the recipe; with Shift redo it"],
  ["/", "try it: type a query"],
  ["?", "this help"],
  ["Esc", "close a dialog; from an enlarged chart back to its view"],
  ["← → ↑ ↓", "in the triangle: towards monolingual, cross-lingual, multilingual; with Shift by ten"],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const begin = () => {
    viewStore.getState().showPane("stage");
    guideStore.getState().begin();
    onClose();
  };
  return (
    <Dialog
      title="What you are looking at"
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={begin}>Begin the guide again</Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="help">
        <section>
          <p>
            The lab trains a small encoder that turns texts of any language into vectors. A query and its
            passage should end up close together, whatever their languages. Each training step sees one{" "}
            <em>batch</em> of pairs; every other passage of the batch serves as a wrong answer. So the mix of
            languages in a batch decides what the encoder learns to tell apart: meanings, or merely languages.
          </p>
          <p>
            More in the{" "}
            <a href="guide/index.html" target="_blank" rel="noreferrer">
              guide
            </a>
            : first run, reading the numbers, studies, your own data, a class, a cluster. Its text is there
            without a network, too.
          </p>
          <h3>Words</h3>
          <dl className="measures">
            {TERM_IDS.map((id) => (
              <div key={id}>
                <dt>{termTitle(GLOSSARY[id])}</dt>
                <dd>
                  <TermPicture id={id} />
                  {GLOSSARY[id].words}
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>Kinds of batch</h3>
          <KindList />
          <h3>Keys</h3>
          <dl className="keys">
            {KEYS.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <h3>Before you believe a difference</h3>
          <p>
            Repeat it with several seeds and equal steps. The paper behind this lab (Elmahdy, Lin and Ahmad,
            arXiv 2408.10536) reports gains of a few tenths of a point.
          </p>
          <h3>Your data</h3>
          <p>
            Datasets, runs and settings stay in this browser. A link holds the settings and, if you want, the
            final numbers; it holds no data.
          </p>
          <h3>Licences</h3>
          <p>
            The lab has the MIT licence. Here are{" "}
            <a href="licences.txt" target="_blank" rel="noreferrer">
              those of what it is built from
            </a>
            .
          </p>
        </section>
      </div>
    </Dialog>
  );
}
