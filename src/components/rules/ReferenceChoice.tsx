// What a rule holds training against: numbers by kind, taken from a run that has ended, or typed.
import { useStore } from "zustand";
import { BATCH_KINDS, kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { partName } from "../../core/spec/resolve.ts";
import { mixRule, usedKinds } from "../../core/spec/ruleFacts.ts";
import { referenceOf } from "../../core/study/referenceOf.ts";
import { draftStore } from "../../state/draftStore.ts";
import { detailOf, hasEnded } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import type { FieldIds } from "../form/FieldRow.tsx";
import "./rules.css";

export function ReferenceChoice({ control, describedBy, invalid }: FieldIds) {
  const spec = useStore(draftStore, (state) => state.spec);
  const runs = useStore(runStore, (state) => state.runs);
  const dev = mixRule(spec).observes === "dev";
  const { reference, referenceRun } = spec.rule;
  const kinds = usedKinds(spec);
  const candidates = runs.filter(
    (run) =>
      hasEnded(run) &&
      run.spec.data.train === spec.data.train &&
      (dev ? usedKinds(run.spec).length === 1 && partName(run.spec) === partName(spec) : true) &&
      usedKinds(run.spec).some((kind) => kinds.includes(kind)),
  );
  const take = async (id: string) => {
    const run = await runStore.getState().loadDetail(id);
    if (!run) return;
    const found = { ...reference, ...referenceOf({ ...run, points: detailOf(run).points }, dev) };
    const { setFields } = draftStore.getState();
    setFields(
      { "rule.reference": found, "rule.referenceRun": run.digest?.slice(0, 16) ?? "none" },
      "reference run",
    );
  };
  const type = (kind: BatchKind, value: unknown) => {
    if (typeof value !== "number") return;
    const now = { "rule.reference": { ...reference, [kind]: value }, "rule.referenceRun": "none" };
    draftStore.getState().setFields(now, fieldAt("rule.reference").label);
  };
  const chosen = candidates.find(({ digest }) => digest?.startsWith(referenceRun))?.id ?? "";
  return (
    <div className="reference">
      <select
        id={control}
        className="select select-wide"
        aria-describedby={describedBy}
        value={chosen}
        onChange={({ target }) => void take(target.value)}
      >
        <option value="" disabled>
          {candidates.length === 0 ? "no run here can be it yet" : "take the numbers of a run …"}
        </option>
        {candidates.map(({ id, name, subtitle }) => (
          <option key={id} value={id}>
            {[name, subtitle].filter(Boolean).join(" · ")}
          </option>
        ))}
      </select>
      <div className="kindBoxes">
        {BATCH_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => (
          <label key={kind} className="kindBox" style={{ "--kind": `var(--kind-${kind})` } as object}>
            <span className="kindDot" />
            <span>{kindFacts(kind).short}</span>
            <NumberBox
              {...{ min: 0, max: dev ? 1 : 100, step: 0.01, describedBy, invalid }}
              label={`${fieldAt("rule.reference").label}: ${kindFacts(kind).label}`}
              value={reference[kind]}
              onValue={(value) => type(kind, value)}
            />
          </label>
        ))}
      </div>
      <p className="field-note">
        {dev
          ? "The dev mAP that a run of each kind alone reached: choose one such run after the other."
          : "The loss of each kind at the end of the reference run."}
      </p>
    </div>
  );
}
