// Which mark is which language; pointing at one, or reaching it with Tab, brings its points forward.
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { hoverEnd } from "../controls/hoverEnd.ts";
import { lineLook, markerPath } from "../../core/picture/lineLook.ts";

interface LanguageLegendProps {
  readonly languages: readonly string[];
  readonly onMark: (lang: number | undefined) => void;
}

export function LanguageLegend({ languages, onMark }: LanguageLegendProps) {
  return (
    <ul className="legend" data-many={languages.length > 20 || undefined}>
      {languages.map((code, i) => {
        const { colour, marker } = lineLook(i);
        const off = () => onMark(undefined);
        return (
          <li key={code}>
            <button
              type="button"
              onPointerEnter={() => onMark(i)}
              onPointerLeave={hoverEnd(off)}
              onFocus={() => onMark(i)}
              onBlur={off}
            >
              <svg className="swatch" width="12" height="12" aria-hidden>
                <path d={markerPath(marker, 6, 6, 4.2)} fill={colour} />
              </svg>
              {languageInfo(code).name}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
