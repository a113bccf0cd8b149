// A run's teacher: its part of the loss, and how far the encoder agrees with it in each language. Nothing without one.
import { languageColumns } from "../../core/record/pointColumns.ts";
import { detailOf } from "../../state/run/run.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { LineFigure } from "../charts/LineFigure.tsx";
import { scoreText } from "../words/numberText.ts";
import { languageSeries, metricSeries } from "./figureSeries.ts";
import { useShown } from "../charts/shown.ts";

const COSINE = "distillation/cosine";
const CORRELATION = "distillation/correlation";

const KINDS = {
  off: "",
  mse: "Squared distance of a text’s two vectors, question and passages added",
  cosine: "Cosine distance of a text’s two vectors, question and passages added",
  scores: "Divergence of a question’s scores from the teacher’s (nats)",
} as const;

export function AgreementFigure() {
  const { selected: run, ownSample, steps } = useShown();
  if (!run || run.spec.loss.distillation === "off") return null;
  const { distillation, teacher } = run.spec.loss;
  const metric = languageColumns(detailOf(run).points, CORRELATION).length > 0 ? CORRELATION : COSINE;
  const loss = {
    metric: "distillation/loss",
    label: "Teacher’s loss",
    ...lineLook(4),
    smooth: true,
  };
  return (
    <div className="stageGrid">
      <LineFigure
        title={
          metric === COSINE
            ? "Agreement with the teacher (cosine)"
            : "Agreement with the teacher (correlation)"
        }
        description={
          metric === COSINE
            ? `The mean cosine of a passage’s vector and the one ${teacher} gives it. 1: the same. Hollow marks: held out.`
            : `How well the cosines of pairs of passages correlate with those of ${teacher}, 128 passages a language. 1: the same. Hollow marks: held out.`
        }
        series={languageSeries(run, metric, NONE)}
        {...steps}
        yFrom="data"
        valueHead={metric === COSINE ? "Cosine" : "Correlation"}
        valueText={scoreText}
        sample={ownSample()}
        empty="One line per language appears here at the first evaluation."
        tall
      />
      <LineFigure
        title="Loss against the teacher"
        description={`${KINDS[distillation]}. Lower: closer to ${teacher}.`}
        series={metricSeries([run], [loss])}
        {...steps}
        yFrom="data"
        valueHead="Loss"
        valueText={scoreText}
        sample={`Each point is the mean over the rows of one batch; seed ${run.spec.seed}, no interval.`}
        empty="A point for each step appears here."
      />
    </div>
  );
}

const NONE: ReadonlySet<string> = new Set();
