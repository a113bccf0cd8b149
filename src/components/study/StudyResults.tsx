// What a study found so far: its card in words, its pictures, its tables, its runs. Trains nothing.
import { startTransition, useEffect, useMemo, useState, type ReactNode } from "react";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import { equalCells, partOf } from "../../core/study/analysis/equalCells.ts";
import type { Budget, Study } from "../../core/study/study.ts";
import type { CellRun, StudyResult } from "../../core/study/studyResult.ts";
import { studyCard, type CardPart } from "../../core/study/words/studyCard.ts";
import { latestAnalysis, type AnsweredStudy } from "../../state/study/latestAnalysis.ts";
import { PictureOriginContext } from "../charts/pictureOrigin.ts";
import { Notice } from "../controls/Notice.tsx";
import { metricName } from "../uncertainty/intervalWords.ts";
import { EqualChoice } from "./EqualChoice.tsx";
import { StudyFigures } from "./StudyFigures.tsx";
import { StudyPageButton } from "./StudyPageButton.tsx";
import { StudyRuns } from "./StudyRuns.tsx";
import { StudyTables } from "./StudyTables.tsx";
import { StudyZip } from "./StudyZip.tsx";
import type { StudyFiles } from "./studyFiles.ts";

interface StudyResultsProps {
  readonly study: Study;
  readonly result: StudyResult;
  /** Opens a run's record as a run of the list, where it is here. */
  readonly onOpen?: ((run: CellRun) => void) | undefined;
  /** What is here beside the results, for its file. */
  readonly files?: StudyFiles | undefined;
}

export function StudyResults({ study, result, onOpen, files }: StudyResultsProps) {
  const [found, setFound] = useState<AnsweredStudy>();
  const [trouble, setTrouble] = useState<string>();
  const want = useMemo(() => {
    const onAnswer = (answered: AnsweredStudy) => {
      startTransition(() => setFound(answered)); // many pictures: drawn between two touches of the page
      setTrouble(undefined);
    };
    return latestAnalysis({ onAnswer, onTrouble: setTrouble });
  }, []);
  const [budget, setBudget] = useState<Budget>();
  const equal = useMemo(() => equalCells({ study, result }), [study, result]);
  useEffect(() => {
    const cells = budget && equal.get(budget);
    want(cells ? partOf({ study, result }, cells, budget) : { study, result });
  }, [want, study, result, budget, equal]);
  if (result.runs.length === 0) return <p className="study-note">Results come here as runs end.</p>;
  if (trouble !== undefined)
    return (
      <Notice tone="bad">
        <p>{trouble}</p>
      </Notice>
    );
  return found && found.result.runs.length > 0 ? (
    <Findings
      found={found}
      isWhole={budget === undefined}
      choice={<EqualChoice cells={equal} all={study.cells.length} value={budget} onValue={setBudget} />}
      {...{ onOpen, files }}
    />
  ) : (
    <p className="study-note" role="status">
      Computing …
    </p>
  );
}

interface FindingsProps extends Pick<StudyResultsProps, "onOpen" | "files"> {
  readonly found: AnsweredStudy;
  readonly isWhole: boolean; // with all its cells: a part is no file of the study
  readonly choice: ReactNode; // of the cells
}

/** All of one moment: results that came since then are in the next. */
function Findings({ found, isWhole, choice, onOpen, files }: FindingsProps) {
  const { study, result, analysis } = found;
  const origin = useMemo(
    () => ({
      names: [study.title],
      recipe: (title: string) => ({
        title,
        study: study.title,
        digests: result.runs.map(({ digest }) => digest),
      }),
    }),
    [study.title, result.runs],
  );
  const [metric, setMetric] = useState(study.primary);
  return (
    <PictureOriginContext value={origin}>
      <CardWords study={study} analysis={analysis} />
      <div className="study-choices">
        {choice}
        <label className="study-number">
          Pictures of
          <select className="select" value={metric} onChange={({ target }) => setMetric(target.value)}>
            {analysis.metrics.map(({ metric: path }) => (
              <option key={path} value={path}>
                {metricName(path)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <StudyFigures {...{ study, analysis, metric }} runs={result.runs} />
      <StudyTables {...{ study, analysis }} />
      {isWhole && (
        <>
          <StudyZip found={found} files={files} />
          <StudyPageButton found={found} />
        </>
      )}
      <StudyRuns {...{ study, result }} onOpen={onOpen} />
    </PictureOriginContext>
  );
}

/** Parts in which each sentence begins a line. */
const BY_LINE = /^(Found|Without training|Other|Held equal)/;

function CardWords({ study, analysis }: { readonly study: Study; readonly analysis: StudyAnalysis }) {
  const card = studyCard(study, analysis);
  return (
    <article className="study-result" aria-label="What was found">
      <p className="study-headline">{card.headline}</p>
      <CardParts parts={card.parts} />
      <details className="study-fold">
        <summary>In detail</summary>
        <CardParts parts={card.details} />
      </details>
    </article>
  );
}

function CardParts({ parts }: { readonly parts: readonly CardPart[] }) {
  return parts.map(({ head, sentences }) => (
    <section key={head}>
      <h3>{head}</h3>
      {(BY_LINE.test(head) ? sentences : [sentences.join(" ")]).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  ));
}
