// One of the lab's own questions before it starts: its size, its seeds, what it costs. Starts nothing itself.
import { ArrowLeft } from "lucide-react";
import { useMemo, useState } from "react";
import type { Study } from "../../core/study/study.ts";
import { builtInStudy, findStudy, isStudySize } from "../../core/study/studies.ts";
import { STUDY_SIZES, type StudySize } from "../../core/study/studySizes.ts";
import { Button } from "../controls/Button.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { SeedsBox } from "./CheckedNumber.tsx";
import { StudyStart } from "./StudyStart.tsx";

interface StudyPlanProps {
  readonly name: string;
  readonly onStart: (study: Study) => void;
  readonly onBack: () => void;
}

const SIZES: Readonly<Record<StudySize, string>> = { classroom: "Classroom", laptop: "Laptop", full: "Full" };

export function StudyPlan({ name, onStart, onBack }: StudyPlanProps) {
  const [size, setSize] = useState<StudySize>("classroom");
  const [seeds, setSeeds] = useState<number>();
  const study = useMemo(() => withSeeds(builtInStudy(name, size), seeds), [name, size, seeds]);
  const { title, question } = findStudy(name)!;
  return (
    <>
      <BackButton onBack={onBack} />
      <div className="study-head">
        <h2>{title}</h2>
        <p className="study-lead">{question}</p>
      </div>
      <div className="study-choices">
        <Segmented
          label="Size"
          value={size}
          options={STUDY_SIZES.map((value) => ({ value, label: SIZES[value] }))}
          onChange={(value) => {
            if (isStudySize(value)) setSize(value);
            setSeeds(undefined);
          }}
        />
        <label className="study-number">
          Seeds in every cell
          <SeedsBox value={study.seeds.length} onValue={setSeeds} />
        </label>
      </div>
      <StudyStart study={study} onStart={onStart} />
      {study.note !== undefined && <p className="study-note">{study.note}</p>}
    </>
  );
}

export function BackButton({ onBack }: { readonly onBack: () => void }) {
  return (
    <div>
      <Button look="quiet" icon={ArrowLeft} onClick={onBack}>
        All studies
      </Button>
    </div>
  );
}

function withSeeds(study: Study, count = study.seeds.length): Study {
  const first = study.seeds[0]!;
  return count === study.seeds.length
    ? study
    : { ...study, seeds: Array.from({ length: count }, (_, i) => first + i) };
}
