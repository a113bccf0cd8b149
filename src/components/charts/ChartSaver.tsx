// Saves the chart it stands in as a picture that carries its recipe.
import { messageOf } from "../../core/messageOf.ts";
import { ImageDown } from "lucide-react";
import { useRef, useState } from "react";
import { fileName } from "../../core/series/csv.ts";
import { saveFile } from "../controls/saveFile.ts";
import { Button } from "../controls/Button.tsx";
import { figurePng, figureSvg } from "./chartImage.ts";
import { pictureRecipe } from "./pictureRecipe.ts";
import { useShown } from "./shown.ts";
import "../export/export.css";

export function ChartSaver() {
  const { runs } = useShown();
  const place = useRef<HTMLSpanElement>(null);
  const [outcome, setOutcome] = useState("");
  const save = async (format: "svg" | "png") => {
    const figure = place.current?.closest("figure");
    if (!figure) return;
    const title = figure.querySelector("h3")?.textContent ?? "chart";
    const recipe = pictureRecipe(title, runs, window.location.href);
    const name = fileName([...runs.slice(0, 2).map((run) => run.name), title].join(" "), format);
    try {
      const svg = figureSvg(figure, recipe);
      if (format === "svg") saveFile(name, "image/svg+xml", svg);
      else saveFile(name, "image/png", await figurePng(svg, recipe));
      setOutcome(`Saved as ${name}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
  };
  return (
    <span className="chartSaver" ref={place}>
      {(["svg", "png"] as const).map((format) => (
        <Button
          key={format}
          look="quiet"
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
