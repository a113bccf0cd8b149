// Saves the chart it stands in as a picture that carries its recipe.
import { counted } from "../../core/counted.ts";
import { messageOf } from "../../core/messageOf.ts";
import { ImageDown } from "lucide-react";
import { useContext, useEffect, useRef, useState } from "react";
import { fileName } from "../../core/series/csv.ts";
import { saveFile } from "../controls/saveFile.ts";
import { Button } from "../controls/Button.tsx";
import { PAPER_WIDTHS, type PictureSize } from "./pictureSize.ts";
import { pictureRecipe } from "./pictureRecipe.ts";
import { PictureOriginContext, type PictureOrigin } from "./pictureOrigin.ts";
import { ShownContext } from "./shown.ts";
import "../export/export.css";

const loadImage = () => import("./chartImage.ts");

const PICTURE_FORMATS = ["svg", "png", "pdf"] as const;
type PictureFormat = (typeof PICTURE_FORMATS)[number];

export function ChartSaver() {
  const origin = useOrigin();
  const place = useRef<HTMLSpanElement>(null);
  const [outcome, setOutcome] = useState("");
  const [size, setSize] = useState<PictureSize>("as shown");
  useEffect(() => void loadImage().catch(() => undefined), []); // it is here before the network may be gone
  const save = async (format: PictureFormat) => {
    const figure = place.current?.closest("figure");
    if (!figure) return;
    const title = figure.querySelector("h3")?.textContent ?? "chart";
    const recipe = origin.recipe(title);
    const name = fileName([...origin.names, title].join(" "), format);
    try {
      const { figureSvg, figurePng } = await loadImage();
      const svg = await figureSvg(figure, recipe, size);
      let note = "";
      if (format === "svg") saveFile(name, "image/svg+xml", svg);
      else if (format === "png") saveFile(name, "image/png", await figurePng(svg, recipe, size));
      else {
        const { figurePdf } = await import("./figurePdf.ts");
        const { bytes, pictured } = await figurePdf(svg, title, recipe);
        saveFile(name, "application/pdf", bytes);
        if (pictured > 0)
          note = `; its font lacks letters of ${counted(pictured, "text")}, which it holds as ${pictured === 1 ? "a picture" : "pictures"}`;
      }
      setOutcome(`Saved as ${name}${note}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
  };
  return (
    <span className="chartSaver" ref={place}>
      <select
        className="select chartSaver-size"
        aria-label="Size of the saved chart"
        title="On paper it has no sentences: those are for your caption"
        value={size}
        onChange={({ target }) => setSize(target.value as PictureSize)} // of the options below
      >
        {["as shown", ...Object.keys(PAPER_WIDTHS)].map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {PICTURE_FORMATS.map((format) => (
        <Button
          key={format}
          look="quiet"
          className={`chartSaver-${format}`}
          icon={ImageDown}
          aria-label={`Save this chart as ${format.toUpperCase()}`}
          title={`Save this chart as ${format.toUpperCase()}, with the link to its runs inside`}
          onClick={() => void save(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      <span role="status" className="chartSaver-outcome">
        {outcome}
      </span>
    </span>
  );
}

/** The shown runs, unless the chart stands among others. */
function useOrigin(): PictureOrigin {
  const { runs = [] } = useContext(ShownContext) ?? {};
  const origin = useContext(PictureOriginContext);
  return (
    origin ?? {
      names: runs.slice(0, 2).map((run) => run.name),
      recipe: (title) => pictureRecipe(title, runs, window.location.href),
    }
  );
}
