// The whole experiment as a form, drawn from the field table: presets, then a panel per group of fields.
import { counted } from "../../core/counted.ts";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { RANDOM_ENCODER } from "../../core/encoders/encoderId.ts";
import type { FieldGroup } from "../../core/spec/field.ts";
import { fieldAt, SPEC_PATHS } from "../../core/spec/fields.ts";
import { BRANCH_FIELDS } from "../../core/spec/lineage.ts";
import type { ExperimentSpec, SpecPath } from "../../core/spec/spec.ts";
import { isAsked, mixRule } from "../../core/spec/ruleFacts.ts";
import { trainLanguages } from "../../core/spec/resolve.ts";
import { draftStore } from "../../state/draftStore.ts";
import { Panel } from "../controls/Panel.tsx";
import { DatasetFacts, DatasetField } from "../form/DatasetField.tsx";
import { BranchCard } from "../form/BranchCard.tsx";
import { DistillationField } from "../encoder/DistillationField.tsx";
import { EncoderField } from "../encoder/EncoderField.tsx";
import { FieldControl } from "../form/FieldControl.tsx";
import { LanguagesField } from "../form/LanguagesField.tsx";
import { MixField } from "../form/MixField.tsx";
import { PlanNotices } from "../form/PlanNotices.tsx";
import { PresetCards } from "../form/PresetCards.tsx";
import { StopNote } from "../form/StopNote.tsx";
import { UndoRow } from "../form/UndoRow.tsx";
import { mixText } from "../form/simplex.ts";
import { DriveNote } from "../rules/DriveNote.tsx";
import { DrawnCurve, ReferenceField } from "../rules/fetchedFields.tsx";
import { ScheduleField } from "../rules/ScheduleField.tsx";
import "../form/form.css";

interface GroupLayout {
  readonly group: FieldGroup;
  readonly title: string;
  readonly foldedAtFirst?: boolean;
  readonly gist: (spec: ExperimentSpec) => string;
}

/** Order and headings only; which fields a group has is said by the table. */
const GROUPS: readonly GroupLayout[] = [
  {
    group: "schedule",
    title: "Length and seed",
    gist: ({ steps, seed }) => `${counted(steps, "step")}, seed ${seed}`,
  },
  { group: "data", title: "Data", gist: ({ data }) => data.train },
  { group: "batch", title: "Batches", gist: ({ batch }) => mixText(batch.ratio) },
  {
    group: "languages",
    title: "Languages",
    gist: (spec) => `${trainLanguages(spec).length} train, ${spec.languages.heldOut.length} held out`,
  },
  {
    group: "encoder",
    title: "Encoder",
    foldedAtFirst: true,
    gist: ({ encoder }) =>
      encoder.id === RANDOM_ENCODER
        ? `random, ${encoder.layers} layers, width ${encoder.width}`
        : encoder.id.replace(/^hf:[^/]*\//, ""),
  },
  {
    group: "loss",
    title: "Loss",
    foldedAtFirst: true,
    gist: ({ loss }) =>
      `temperature ${loss.temperature}${loss.distillation === "off" ? "" : `, teacher ${loss.teacher}`}`,
  },
  {
    group: "optimizer",
    title: "Optimiser",
    foldedAtFirst: true,
    gist: ({ optimizer }) => `learning rate ${optimizer.learningRate}`,
  },
  {
    group: "evaluate",
    title: "Evaluation",
    foldedAtFirst: true,
    gist: ({ evaluate }) => evaluate.cuts.join(", ") || "standing measures",
  },
  { group: "compute", title: "Compute", foldedAtFirst: true, gist: ({ compute }) => compute.backend },
];

/** Fields whose control is a picture of its own; null where that picture already draws the field. */
const SPECIAL: Readonly<Partial<Record<SpecPath, ReactNode>>> = {
  "batch.ratio": <MixField />,
  "batch.ratioEnd": null,
  "batch.schedule": <ScheduleField />,
  "batch.curve": <DrawnCurve />,
  "rule.reference": <ReferenceField />,
  "rule.referenceRun": null,
  "languages.train": <LanguagesField />,
  "languages.heldOut": null,
  "loss.distillation": <DistillationField />,
  "loss.distillationWeight": null,
  "loss.teacher": null,
  "encoder.id": <EncoderField />,
  "data.train": <DatasetField path="data.train" />,
  "data.eval": <DatasetField path="data.eval" />,
};

/** Of a branch only the fields that it may change are there. */
export function ExperimentForm() {
  const isBranch = useStore(draftStore, ({ parent }) => parent !== undefined);
  const fields = isBranch ? BRANCH_FIELDS : SPEC_PATHS;
  return (
    <form className="form" aria-label="Experiment" onSubmit={(event) => event.preventDefault()}>
      <UndoRow />
      <StopNote />
      <DriveNote />
      {isBranch ? <BranchCard /> : <PresetCards />}
      {GROUPS.map((layout) => (
        <GroupPanel key={layout.group} {...layout} {...{ fields }} />
      ))}
    </form>
  );
}

interface GroupPanelProps extends GroupLayout {
  readonly fields: readonly SpecPath[];
}

function GroupPanel({ group, title, foldedAtFirst = false, gist, fields }: GroupPanelProps) {
  const gistText = useStore(draftStore, ({ spec }) => gist(spec));
  const asked = useStore(draftStore, ({ spec }) =>
    fields.filter((path) => path === "batch.ratioEnd" || isAsked(spec, path)).join(),
  );
  const ofWeights = useStore(
    draftStore,
    ({ spec }) => !mixRule(spec).asks.some((path) => path.startsWith("rule.")),
  );
  const paths = fields.filter(
    (path) =>
      asked.split(",").includes(path) &&
      (path.startsWith("rule.") && ofWeights ? "loss" : fieldAt(path).group) === group,
  );
  // The picture of a group comes first, whatever its place in the table.
  const ordered = [...paths].sort((a, b) => Number(Boolean(SPECIAL[b])) - Number(Boolean(SPECIAL[a])));
  const plain = ordered.filter((path) => !fieldAt(path).advanced);
  const advanced = ordered.filter((path) => fieldAt(path).advanced);
  if (paths.length === 0) return null;
  return (
    <Panel id={`form-${group}`} title={title} gist={gistText} foldedAtFirst={foldedAtFirst}>
      {plain.map(fieldOf)}
      {group === "batch" && <PlanNotices />}
      {group === "data" && <DatasetFacts />}
      {advanced.length > 0 && (
        <details className="advanced">
          <summary>
            Advanced <span className="field-note">{advanced.length}</span>
          </summary>
          <div className="advanced-fields">{advanced.map(fieldOf)}</div>
        </details>
      )}
    </Panel>
  );
}

function fieldOf(path: SpecPath): ReactNode {
  const special = SPECIAL[path];
  if (special === undefined) return <FieldControl key={path} path={path} />;
  return (
    <div key={path} className="field-special" hidden={special === null}>
      {special}
    </div>
  );
}
