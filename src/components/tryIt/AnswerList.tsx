// One ranking: answers by the weights of one moment, with language, emoji and what belongs together.
import type { CSSProperties } from "react";
import { counted } from "../../core/counted.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import type { SearchHit } from "../../core/run/views.ts";
import { hoverEnd } from "../controls/hoverEnd.ts";
import { scoreText, shortScoreText } from "../words/numberText.ts";
import { conceptEmoji } from "../words/conceptEmoji.ts";

interface AnswerListProps {
  readonly title: string;
  readonly hits: readonly SearchHit[];
  readonly rows: number; // places kept free
  readonly colourOf: ReadonlyMap<string, string>; // concepts found more than once
  readonly marked: string | undefined; // concept that is pointed at
  readonly onMark: (concept: string | undefined) => void;
}

export function AnswerList({ title, hits, rows, colourOf, marked, onMark }: AnswerListProps) {
  const languages = new Set(hits.map(({ lang }) => lang)).size;
  const concepts = new Set(hits.map(({ concepts: [first = ""] }) => first)).size;
  return (
    <section className="answers" aria-label={title}>
      <div className="answers-head">
        <h4>{title}</h4>
        <p>
          {counted(languages, "language")}, {counted(concepts, "meaning")}
        </p>
      </div>
      <ol style={{ "--rows": rows } as CSSProperties}>
        {hits.map((hit) => {
          const concept = hit.concepts[0] ?? hit.id;
          const { name, direction } = languageInfo(hit.lang);
          const emoji = conceptEmoji(concept);
          const group = colourOf.get(concept);
          return (
            <li
              key={hit.id}
              className="answer"
              data-marked={marked === concept || undefined}
              style={{ "--group": group ?? "transparent" } as CSSProperties}
              onPointerEnter={() => onMark(concept)}
              onPointerLeave={hoverEnd(() => onMark(undefined))}
            >
              <span className="answer-rank">{hit.rank}</span>
              {emoji !== undefined && (
                <span className="answer-emoji" aria-hidden>
                  {emoji}
                </span>
              )}
              <span className="answer-words">
                <bdi lang={hit.lang} dir={direction} title={hit.text}>
                  {hit.text}
                </bdi>
                <span className="answer-facts">
                  <span className="answer-lang">{name}</span>
                  {hit.gloss !== undefined && hit.gloss !== hit.text && (
                    <>
                      <span className="visuallyHidden">, in English: </span>
                      <bdi className="answer-gloss" lang="en" dir="ltr" title={hit.gloss}>
                        {hit.gloss}
                      </bdi>
                    </>
                  )}
                </span>
              </span>
              <span className="answer-score" title={`cosine ${scoreText(hit.score)}`}>
                <span className="answer-bar" style={{ "--score": Math.max(0, hit.score) } as CSSProperties} />
                <span>
                  <span className="visuallyHidden">cosine </span>
                  {shortScoreText(hit.score)}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
