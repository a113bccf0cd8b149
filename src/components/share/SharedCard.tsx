// What a shared link opens on: what was done, with which mix and languages, what came out, and the button to check it.
import { Suspense, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { metricAt } from "../../core/metrics/metricTable.ts";
import { BATCH_KINDS } from "../../core/spec/batchKind.ts";
import type { ChoiceField } from "../../core/spec/field.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import type { ExpectedResult } from "../../core/spec/link.ts";
import { findPreset } from "../../core/spec/presets.ts";
import { evalLanguages, trainLanguages } from "../../core/spec/resolve.ts";
import { isAsked } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { isComing } from "../../state/awaitedData.ts";
import { datasetStore, lacks } from "../../state/datasetStore.ts";
import { draftStore, type DraftState } from "../../state/draftStore.ts";
import { DATA_ADDRESS } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { MixBar } from "../form/MixBar.tsx";
import { mixText } from "../form/simplex.ts";
import { TimeEstimate } from "../form/TimeEstimate.tsx";
import { TrainButton } from "../form/TrainButton.tsx";
import { countText, metricText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import { SharedCurves } from "./SharedCurves.tsx";
import "./share.css";

/** Fetched with links that say what their data was. */
const OtherData = lazyPart(async () => (await import("./OtherData.tsx")).OtherData);

const LANGUAGES_NAMED = 4;

/** What becomes of the mix that a run starts with; "" where it stays. */
function movesText(spec: ExperimentSpec): string {
  const { schedule, ratioEnd } = spec.batch;
  if (schedule === "constant") return "";
  if (isAsked(spec, "batch.ratioEnd")) return `, moving to ${mixText(ratioEnd)}`;
  const { options } = fieldAt("batch.schedule") as ChoiceField;
  const label = options.find(({ value }) => value === schedule)!.label;
  return schedule === "drawn" ? ", then along a drawn curve" : `, moved by a rule: ${label}`;
}

interface SharedCardProps {
  readonly draft: DraftState;
  readonly isAlone: boolean; // nothing else to see yet
}

export function SharedCard({ draft, isAlone }: SharedCardProps) {
  const { spec, presetName, parent, stopAt, expected } = draft;
  const { ratio } = spec.batch;
  const hasResult = expected !== undefined;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // Who comes to check a result goes on from the card, not through the recipe before it; a page around a frame keeps its focus.
    const isFree = window.self === window.top && document.activeElement === document.body;
    if (hasResult && isFree) card.current?.focus({ preventScroll: true });
  }, [hasResult]);
  return (
    <section
      ref={card}
      className="opening shared"
      data-alone={isAlone || undefined}
      aria-labelledby="shared-title"
      tabIndex={-1}
    >
      <div className="shared-words">
        <p className="shared-kind">
          {expected ? "This link carries a result to check" : "This link carries an experiment"}
        </p>
        <h2 id="shared-title">
          {findPreset(presetName)?.label ?? presetName}
          {parent && `, a branch at step ${countText(parent.step)}`}
        </h2>
        <MixBar ratio={ratio} kinds={BATCH_KINDS} />
        <p>
          Batches: {mixText(ratio)}
          {movesText(spec)}. {languagesText(spec)} {counted(stopAt ?? spec.steps, "step")}, seed&nbsp;
          {spec.seed}, {spec.data.train}.
        </p>
        {expected && <Found expected={expected} seed={spec.seed} />}
        <div className="opening-acts">
          <TrainButton>{expected ? "Train and check" : "Train this"}</TrainButton>
          <Button look="quiet" onClick={draftStore.getState().adopt}>
            Not now
          </Button>
          <TimeEstimate />
        </div>
        <Missing id={spec.data.train} />
        <Suspense>{expected?.made && <OtherData made={expected.made} spec={spec} />}</Suspense>
      </div>
      {expected?.curve && <SharedCurves curve={expected.curve} />}
    </section>
  );
}

/** "9 languages (Arabic, German, English, Spanish, …) and 2 held out." */
function languagesText(spec: ExperimentSpec): string {
  const names = trainLanguages(spec).map((lang) => languageInfo(lang).name);
  const shown = names.length <= LANGUAGES_NAMED + 1 ? names : [...names.slice(0, LANGUAGES_NAMED), "…"];
  const heldOut = evalLanguages(spec).filter((lang) => spec.languages.heldOut.includes(lang)).length;
  return `${counted(names.length, "language")} (${shown.join(", ")})${heldOut > 0 ? ` and ${heldOut} held out` : ""}.`;
}

/** The numbers of the sender's run at its end; where the curve begins before training, from where they came. */
function Found({ expected, seed }: { readonly expected: ExpectedResult; readonly seed: number }) {
  const { map, rankDistance, backend, curve } = expected;
  const starts = curve?.steps[0] === 0 ? curve : undefined;
  const numbers = [
    { path: "map/mono", now: map.mono, before: starts && starts.mono[0]! / 1000 },
    { path: "map/cross", now: map.cross, before: starts && starts.cross[0]! / 1000 },
    { path: "map/multi", now: map.multi, before: starts && starts.multi[0]! / 1000 },
    { path: "rankDistance", now: rankDistance, before: starts?.rankDistance[0] },
  ] as const;
  return (
    <>
      <dl className="shared-found">
        {numbers.map(({ path, now, before }) => {
          const metric = metricAt(path);
          const text = metricText(metric);
          return (
            <div key={path}>
              <dt>{metric.short ? `${metric.plain} (${metric.short})` : metric.label}</dt>
              <dd className="numbers">
                {before !== undefined && `${text(before)} → `}
                <b>{text(now)}</b>
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="field-note">
        What the sender found: mAP and ranks, {seedsText([seed])}, on {backend}.
      </p>
    </>
  );
}

/** Where the data is to be had that the link does not carry. */
function Missing({ id }: { readonly id: string }) {
  const isMissing = useStore(datasetStore, lacks(id));
  const isOnItsWay = useStore(datasetStore, isComing(id));
  if (!isMissing) return null;
  if (isOnItsWay) return <p>{id} is being added to this browser: training begins when it is here.</p>;
  return (
    <p className="share-long">
      {id} is not in this browser yet: get it on the <a href={DATA_ADDRESS}>Data page</a> first.
    </p>
  );
}
