// The mix of the run in training under one's hand: the triangle asks for another from the next batch on that is not drawn yet.
import { useState } from "react";
import { useStore } from "zustand";
import { BATCH_KINDS, type Ratio } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import type { ChoiceField } from "../../core/spec/field.ts";
import { mixRule } from "../../core/spec/ruleFacts.ts";
import { isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { useShown } from "../charts/shown.ts";
import { MixTriangle } from "../form/MixTriangle.tsx";
import { mixText } from "../form/simplex.ts";
import { countText } from "../words/numberText.ts";
import { askedAt, latestValue } from "./askedMix.ts";
import "./rules.css";

const AHEAD = 8; // batches that are prepared already

export function MixDrive() {
  const { selected: run } = useShown();
  const isTraining = useStore(runStore, ({ trainingId }) => trainingId === run?.id);
  if (!run || !isTraining || !isGoing(run)) {
    return <p className="field-note">While a run trains, its mix can be moved here.</p>;
  }
  if (mixRule(run.spec).observes !== "nothing") {
    const { options } = fieldAt("batch.schedule") as ChoiceField;
    const rule = options.find(({ value }) => value === run.spec.batch.schedule)!.label;
    return <p className="field-note">The rule “{rule}” moves the mix of this run.</p>;
  }
  return <Drive key={run.id} run={run} />;
}

function Drive({ run }: { readonly run: Run }) {
  const asked = askedAt(run, run.step);
  const [wish, setWish] = useState<Ratio>();
  const drive = (ratio: Ratio) => {
    setWish(ratio);
    runStore.getState().driveMix(ratio);
  };
  const drawn = Object.fromEntries(
    BATCH_KINDS.map((kind) => [kind, latestValue(run, `ratio/${kind}`) ?? 0]),
  ) as Ratio;
  const isCounted = BATCH_KINDS.some((kind) => drawn[kind] > 0);
  return (
    <div className="mixDrive">
      <MixTriangle handles={[{ label: "Mix from now on", ratio: wish ?? asked, onChange: drive }]} />
      <div>
        <p>
          Asked at step {countText(run.step)}: {mixText(asked)}.
        </p>
        {isCounted && <p>Drawn up to the last evaluation, since the one before: {mixText(drawn)}.</p>}
        <p className="field-note">
          Drag the point, or use the arrow keys. A move counts from the {AHEAD}th batch on: those before are
          prepared already. The run’s link repeats it.
        </p>
      </div>
    </div>
  );
}
