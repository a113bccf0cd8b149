// A run as a result card: one picture with its record in it. Draws none itself.
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { CARD_KEYWORD } from "../../core/classroom/resultFile.ts";
import { withPngText } from "../../core/export/pngText.ts";
import { messageOf } from "../../core/messageOf.ts";
import { cardPicture } from "../../core/pages/cardPicture.ts";
import { writtenRecord } from "../../core/record/runRecord.ts";
import { fileName } from "../../core/series/csv.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { Button } from "../controls/Button.tsx";
import { saveFile } from "../controls/saveFile.ts";
import { bytesText } from "../words/bytesText.ts";

export function CardExport({ run }: { readonly run: Run }) {
  const { record } = detailOf(run);
  const [outcome, setOutcome] = useState("");
  const svg = useMemo(() => record && cardPicture(record), [record]);
  if (!record || svg === undefined)
    return <p className="field-note">A card is made when the run has ended.</p>;
  const save = async () => {
    try {
      const { svgPng } = await import("../charts/svgPng.ts");
      const png = withPngText(await svgPng(svg, 1.5), CARD_KEYWORD, JSON.stringify(writtenRecord(record)));
      const name = fileName(`card ${run.name}`, "png");
      saveFile(name, "image/png", png);
      setOutcome(`Saved as ${name}, ${bytesText(png.length)}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
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
      <div className="export-settings">
        <Button look="primary" icon={Download} onClick={() => void save()}>
          Save card (PNG)
        </Button>
        <span role="status">{outcome}</span>
      </div>
    </>
  );
}
