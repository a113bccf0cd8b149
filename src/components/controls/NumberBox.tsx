// A box for one number. Shows what is typed, hands on what can be read, and falls back to the value when left.
import { useState, type KeyboardEvent } from "react";
import "./controls.css";

interface NumberBoxProps {
  readonly id?: string;
  readonly label?: string; // where no <label> names the box
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale?: "log" | undefined; // arrow keys multiply instead of adding
  readonly unit?: string | undefined;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  /** Told each number typed, in bounds or not, and text that is no number; the owner judges. */
  readonly onValue: (value: number | string) => void;
}

export function NumberBox(props: NumberBoxProps) {
  const { id, label, value, min, max, unit, invalid = false, describedBy, onValue } = props;
  const [typed, setTyped] = useTyped(value);
  const text = typed ?? formatNumber(value);

  const take = (next: string) => {
    setTyped(next);
    const trimmed = next.trim().replace(",", ".");
    if (trimmed === "" || trimmed === "-") return; // still typing
    const number = Number(trimmed);
    onValue(Number.isNaN(number) ? next : number);
  };
  const press = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      setTyped(undefined);
      onValue(nextNumber(props, direction));
    } else if (event.key === "Enter" || event.key === "Escape") setTyped(undefined);
  };
  return (
    <span className="numberBox" data-invalid={invalid || undefined}>
      <input
        id={id}
        aria-label={label}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        role="spinbutton"
        aria-valuenow={value}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuetext={unit === undefined ? undefined : `${formatNumber(value)} ${unit}`}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        value={text}
        size={Math.min(12, Math.max(3, text.length))}
        onChange={(event) => take(event.target.value)}
        onKeyDown={press}
        onBlur={() => setTyped(undefined)}
      />
      {unit !== undefined && (
        <span className="numberBox-unit" aria-hidden>
          {unit}
        </span>
      )}
    </span>
  );
}

/** What is typed, until the value becomes another one than it stood for: by an undo, or another control. */
function useTyped(value: number) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly seen: number }>();
  const number = typed && Number(typed.text.trim().replace(",", "."));
  const isOwn = typed !== undefined && (value === typed.seen || value === number);
  if (typed && isOwn && value === number && typed.seen !== value) setTyped({ ...typed, seen: value });
  const type = (text: string | undefined) => setTyped(text === undefined ? undefined : { text, seen: value });
  return [isOwn ? typed.text : undefined, type] as const;
}

/** "0.00003" and not "3e-5": people compare these by eye. */
function formatNumber(value: number): string {
  return Math.abs(value) < 1e-3 && value !== 0 ? value.toFixed(8).replace(/0+$/, "") : String(value);
}

/** One arrow press: a step, or on a log scale the next of 1, 1.5, 2, 3, 5, 7, 10, …; kept in bounds. */
function nextNumber({ value, min, max, step, scale }: NumberBoxProps, direction: number): number {
  const near = (x: number) => Math.min(max, Math.max(min, Number(x.toPrecision(10))));
  if (scale !== "log") return near(Math.round((value + direction * step) / step) * step);
  const rungs = [1, 1.5, 2, 3, 5, 7, 10, 15];
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const mantissa = value / power;
  if (direction > 0) return near(rungs.find((rung) => rung > mantissa * 1.001)! * power);
  return near((rungs.findLast((rung) => rung < mantissa * 0.999) ?? 0.7) * power);
}
