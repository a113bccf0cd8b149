// A run as a result card: one picture with its record in it. Draws none itself.
import { useMemo } from "react";
import { CARD_KEYWORD } from "../../core/classroom/resultFile.ts";
import { withPngText } from "../../core/export/pngText.ts";
import { cardPicture } from "../../core/pages/cardPicture.ts";
import { writtenRecord } from "../../core/record/runRecord.ts";
import { fileName } from "../../core/series/csv.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { SaveButton } from "./SaveButton.tsx";

export function CardExport({ run }: { readonly run: Run }) {
  const { record } = detailOf(run);
  const svg = useMemo(() => record && cardPicture(record), [record]);
  if (!record || svg === undefined)
    return <p className="field-note">A card is made when the run has ended.</p>;
  const make = async () => {
    const { svgPng } = await import("../charts/svgPng.ts");
    const png = withPngText(await svgPng(svg, 1.5), CARD_KEYWORD, JSON.stringify(writtenRecord(record)));
    return { name: fileName(`card ${run.name}`, "png"), type: "image/png", blob: new Blob([png]) };
  };
  return (
    <>
      <p className="field-note">
        A picture to hold up or to hand in, with the record inside it: “A class’s results”, beside the runs,
        opens many at once. Send it as a file: messengers that shrink pictures take the record out, and only
        the code of the recipe is left. It has no name of yours but that of the file.
      </p>
      <img
        className="export-card"
        src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
        alt={`Result card of ${run.name}`}
      />
      <SaveButton label="Save card (PNG)" look="primary" make={make} />
    </>
  );
}
