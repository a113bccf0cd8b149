// A question in any language, answered by the weights before training and by the present ones. Ranks nothing itself.
import { counted } from "../../core/counted.ts";
import { countsOf } from "../../core/groupBy.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { SearchAnswer } from "../../core/run/views.ts";
import { csvText } from "../../core/series/csv.ts";
import { Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { evalLanguages, evalTarget } from "../../core/spec/resolve.ts";
import { isGoing, measuredStep, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { ANSWERS_SHOWN, MAX_QUERY_LENGTH, searchStore, type SearchState } from "../../state/searchStore.ts";
import { countText } from "../words/numberText.ts";
import { seriesColour } from "../../core/picture/lineLook.ts";
import { Button } from "../controls/Button.tsx";
import { CsvButton } from "../controls/CsvButton.tsx";
import { AnswerList } from "./AnswerList.tsx";
import { examplesFor } from "./examples.ts";
import { LanguageFilter } from "./LanguageFilter.tsx";
import "./tryIt.css";

export function TryIt() {
  const spec = useStore(runStore, (state) => activeOf(state.runs, state.weightsId)?.spec);
  const measured = useStore(runStore, (state) => {
    const run = activeOf(state.runs, state.weightsId);
    return measuredStep(run);
  });
  const isOver = useStore(runStore, (state) => {
    const run = activeOf(state.runs, state.weightsId);
    return run !== undefined && !isGoing(run);
  });
  const runId = useStore(runStore, (state) => state.weightsId);
  const search = useStore(searchStore);
  const { text, status, answer, asked, error, setText } = search;
  const languages = useMemo(() => (spec ? evalLanguages(spec) : []), [spec]);
  const ready = measured !== undefined;
  const examples = examplesFor(spec ? evalTarget(spec).datasetId : "cldr-emoji", languages);

  // A new evaluation means new weights: the question that stands is put to them again, and to those of a run that has
  // ended an example where there is none.
  useEffect(() => {
    const { text, asked, answer, clear, search, setText } = searchStore.getState();
    if (measured === undefined) return clear();
    if (asked !== undefined) {
      if (answer?.runId !== runId || answer?.step !== measured) void search();
    } else if (isOver) {
      if (text.trim() === "") setText(examples[0]!.text);
      void search();
    }
  }, [measured, isOver, runId]); // eslint-disable-line react-hooks/exhaustive-deps -- examples follow from the run

  const ask = (question: string) => {
    setText(question);
    void searchStore.getState().search();
  };
  return (
    <section className="tryIt" aria-labelledby="try-it-title">
      <h3 id="try-it-title" className="visuallyHidden">
        Try it
      </h3>
      <p className="tryIt-gist">
        Ask in any language: both rankings are of the same passages.{" "}
        <span className="tryIt-key">
          <kbd>/</kbd> brings you here.
        </span>
      </p>
      <form
        className="tryIt-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) ask(text);
        }}
      >
        <input
          id="try-it-query"
          className="textBox"
          type="search"
          dir="auto"
          autoComplete="off"
          maxLength={MAX_QUERY_LENGTH}
          placeholder="A word or a question"
          aria-label="Your question, in any language"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" look="primary" icon={Search} inactive={!ready || text.trim() === ""}>
          Search
        </Button>
        <LanguageFilter languages={languages} />
      </form>
      <ul className="tryIt-examples" aria-label="Examples">
        {examples.map(({ lang, text: example, gloss }) => (
          <li key={example}>
            <button
              type="button"
              title={gloss}
              aria-disabled={!ready || undefined}
              onClick={() => (ready ? ask(example) : setText(example))}
            >
              <bdi lang={lang}>{example}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <div className="tryIt-status">
        <p role="status">{statusText({ ready, spec, status, answer, asked, error })}</p>
        {answer && <CsvButton csv={() => answersCsv(answer)} name={`Answers to ${asked}`} />}
      </div>
      {answer ? <Answers answer={answer} /> : <NoAnswers ready={ready} />}
    </section>
  );
}

function Answers({ answer }: { readonly answer: SearchAnswer }) {
  const [marked, setMarked] = useState<string>();
  const colourOf = useMemo(
    () => new Map(meaningsShared(answer).map((concept, i) => [concept, seriesColour(i)])),
    [answer],
  );
  const shared = { rows: ANSWERS_SHOWN, colourOf, marked, onMark: setMarked };
  return (
    <div className="tryIt-columns">
      <AnswerList title="Before training" hits={answer.before} {...shared} />
      <AnswerList title={`Now, after ${counted(answer.step, "step")}`} hits={answer.now} {...shared} />
    </div>
  );
}

/** The first meanings of answers, as far as several have them. */
function meaningsShared({ now, before }: SearchAnswer): readonly string[] {
  const counts = countsOf([...now, ...before].flatMap(({ concepts }) => concepts.slice(0, 1)));
  return [...counts].flatMap(([concept, n]) => (n > 1 ? [concept] : []));
}

function NoAnswers({ ready }: { readonly ready: boolean }) {
  return (
    <p className="chart-empty tryIt-empty">
      {ready
        ? "Two rankings appear here side by side. Edges of one colour mark answers that mean the same."
        : "Answers need weights: start a run, and ask as soon as its first evaluation is done. Weights last until the page is closed."}
    </p>
  );
}

interface StatusParts extends Pick<SearchState, "status" | "answer" | "asked" | "error"> {
  readonly ready: boolean;
  readonly spec: ExperimentSpec | undefined;
}

function statusText({ ready, spec, status, answer, asked, error }: StatusParts): string {
  if (status === "failed") {
    const below = answer ? `; below are still the answers to “${asked}”` : "";
    return `The search failed: ${error ?? "no reason given"}${below}`;
  }
  if (status === "asking") return "Searching…";
  if (!ready) return spec ? "The weights are being prepared." : "No run in this visit yet.";
  if (!answer) return "";
  const unknown =
    answer.unknownPieces === 0
      ? ""
      : ` ${answer.unknownPieces === 1 ? "1 piece of it never occurred in this run’s data and was" : `${answer.unknownPieces} pieces of it never occurred in this run’s data and were`} left out.`;
  const cut =
    answer.cutAt === undefined
      ? ""
      : ` Its end was not read: the encoder reads ${counted(answer.cutAt, "token")}.`;
  const glossed = [...answer.before, ...answer.now].some(({ gloss }) => gloss !== undefined);
  const english = glossed ? " Italics: the same meaning in English, from the data." : "";
  const edges = meaningsShared(answer).length > 0 ? " Edges of one colour: the same meaning." : "";
  return `“${asked}” in ${countText(answer.pool)} passages.${unknown}${cut}${edges}${english}`;
}

const answersCsv = ({ before, now }: SearchAnswer): string =>
  csvText([
    ["weights", "rank", "cosine", "lang", "text", "English", "concept", "id"],
    ...Object.entries({ before, now }).flatMap(([when, hits]) =>
      hits.map(({ rank, score, lang, text, gloss = "", concepts, id }) => [
        when,
        rank,
        score,
        lang,
        text,
        gloss,
        concepts.join(" "),
        id,
      ]),
    ),
  ]);

const activeOf = (runs: readonly Run[], id: string | undefined) => runs.find((run) => run.id === id);
