// One picture of the map: points by language, and the marked concept's points joined. Knows no store.
import type { MapView } from "../../core/run/views.ts";
import { shareText } from "../words/numberText.ts";
import { lineLook, markerPath } from "../../core/picture/lineLook.ts";
import type { Frame } from "./mapLook.ts";

interface MapPlotProps {
  readonly title: string;
  readonly map: MapView;
  readonly when: "before" | "now";
  readonly frame: Frame;
  readonly concept: number | undefined; // marked
  readonly lang: number | undefined; // marked
  readonly onConcept: (concept: number | undefined) => void;
  readonly onPin: (concept: number) => void;
}

const SIZE = 320; // units of the picture; it scales with its column

export function MapPlot({ title, map, when, frame, concept, lang, onConcept, onPin }: MapPlotProps) {
  const scale = SIZE / 2 / frame.half;
  const at = (i: number): [number, number] => {
    const [x, y] = map.points[i]![when];
    return [SIZE / 2 + (x - frame.middle[0]) * scale, SIZE / 2 - (y - frame.middle[1]) * scale];
  };
  const order = map.points.map((_, i) => i);
  const joined = order.filter((i) => map.points[i]!.concept === concept);
  const centre = [0, 1].map((axis) => joined.reduce((sum, i) => sum + at(i)[axis]!, 0) / joined.length);
  const [x, y] = map.explained[when];
  return (
    <div className="map-half">
      <svg
        className="plotSurface"
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={`${title}: ${map.concepts.length} concepts in ${map.languages.length} languages; the numbers are in the table below`}
        data-marked={concept !== undefined || lang !== undefined || undefined}
        onPointerLeave={() => onConcept(undefined)}
      >
        <text x={8} y={16} fontSize={12} fontWeight={600} fill="var(--ink)">
          {title}
        </text>
        {joined.map((i) => (
          <line key={i} className="map-join" x1={centre[0]} y1={centre[1]} x2={at(i)[0]} y2={at(i)[1]} />
        ))}
        {order.map((i) => {
          const point = map.points[i]!;
          const { colour, marker } = lineLook(point.lang);
          const marked = point.concept === concept || point.lang === lang;
          return (
            <path
              key={i}
              d={markerPath(marker, ...at(i), marked ? 5 : 3.6)}
              fill={colour}
              className="map-point"
              data-marked={marked || undefined}
              onPointerEnter={() => onConcept(point.concept)}
              onClick={() => onPin(point.concept)}
            >
              <title>{`${point.text} (${map.languages[point.lang]})`}</title>
            </path>
          );
        })}
      </svg>
      <p className="map-axes">
        Axes show {shareText(x)} and {shareText(y)} of the variance.
      </p>
    </div>
  );
}
