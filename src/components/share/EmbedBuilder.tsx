// Chooses what of the lab another page shows, and shows it as that page would. Makes no HTML: frameText.ts does.
import { useState } from "react";
import { EMBED_PARTS, embedLink, pageOrigin, type EmbedView } from "../../core/embed/embedView.ts";
import { NumberBox } from "../controls/NumberBox.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { NUMBER_OPTIONS, PART_NAMES, THEME_OPTIONS, WIDTH_OPTIONS } from "./embedChoices.ts";
import type { FrameChoice } from "./frameText.ts";

const HEIGHTS = { min: 120, max: 4000 };

interface EmbedBuilderProps {
  readonly link: string; // without a view
  readonly frame: FrameChoice;
  readonly onChange: (frame: FrameChoice) => void;
}

export function EmbedBuilder({ link, frame, onChange }: EmbedBuilderProps) {
  const { view, width, height } = frame;
  const change = (part: Partial<EmbedView>) => onChange({ ...frame, view: { ...view, ...part } });
  const only = view.parts.length === 1; // the last one stays
  return (
    <div className="embedBuilder">
      <div className="embedBuilder-choices">
        <fieldset>
          <legend>What it shows</legend>
          {EMBED_PARTS.map((part) => {
            const isShown = view.parts.includes(part);
            return (
              <label key={part} className="embedBuilder-part">
                <input
                  type="checkbox"
                  checked={isShown}
                  disabled={isShown && only}
                  onChange={() =>
                    change({
                      parts: EMBED_PARTS.filter((one) =>
                        one === part ? !isShown : view.parts.includes(one),
                      ),
                    })
                  }
                />
                {PART_NAMES[part]}
              </label>
            );
          })}
        </fieldset>
        <div className="embedBuilder-looks">
          <div className="share-choice">
            <span aria-hidden>Theme</span>
            <Segmented
              label="Theme"
              value={view.theme}
              options={THEME_OPTIONS}
              onChange={(theme) => change({ theme })}
            />
          </div>
          <label className="share-choice">
            <span>Numbers as in</span>
            <select
              className="select"
              value={view.numbers}
              onChange={({ target }) => change({ numbers: target.value })}
            >
              {NUMBER_OPTIONS.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <div className="share-choice">
            <span aria-hidden>Width</span>
            <Segmented
              label="Width"
              value={String(width)}
              options={WIDTH_OPTIONS}
              onChange={(next) => onChange({ ...frame, width: next === "full" ? next : Number(next) })}
            />
          </div>
          <label className="embedBuilder-height">
            <span>Height</span>
            <NumberBox
              {...HEIGHTS}
              step={20}
              unit="px"
              value={height}
              onValue={(next) => {
                const isFine = typeof next === "number" && next >= HEIGHTS.min && next <= HEIGHTS.max;
                if (isFine) onChange({ ...frame, height: Math.round(next) });
              }}
            />
          </label>
          <ParentField parent={view.parent} onParent={(parent) => change({ parent })} />
        </div>
      </div>
      {/* To be looked at: what could be pressed in it stands on this page already. */}
      <div className="embedBuilder-preview" role="group" aria-label="Preview of the embed" tabIndex={0}>
        <iframe
          inert
          // Without the page around it, which is this one here.
          src={embedLink(link, { ...view, parent: undefined })}
          title="The embed"
          style={{ width: width === "full" ? "100%" : width, height }}
        />
      </div>
    </div>
  );
}

interface ParentFieldProps {
  readonly parent: string | undefined;
  readonly onParent: (parent: string | undefined) => void;
}

/** The page that may set the mix and hears of runs, by its origin; what is no origin is told and not taken. */
function ParentField({ parent, onParent }: ParentFieldProps) {
  const [typed, setTyped] = useState(parent ?? "");
  const isWrong = typed.trim() !== "" && parent === undefined;
  return (
    <label className="share-choice">
      <span>Page that may set the mix and hears of runs</span>
      <input
        className="textBox"
        type="text"
        inputMode="url"
        spellCheck={false}
        placeholder="none"
        value={typed}
        aria-invalid={isWrong || undefined}
        onChange={({ target }) => {
          setTyped(target.value);
          onParent(originOf(target.value.trim()));
        }}
      />
      <span className={isWrong ? "share-long" : "field-note"}>
        {isWrong
          ? "A page is named as https://course.example"
          : "Its address; an embed never trains without a click in it."}
      </span>
    </label>
  );
}

/** Of an address as it is copied from the browser, or an origin. */
const originOf = (text: string) =>
  pageOrigin(URL.canParse(text) && /^https?:/i.test(text) ? new URL(text).origin : text);
