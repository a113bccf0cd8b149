// A mix of batch kinds as bars of shares, one below another where it moves. Colours are tokens of whoever shows it.
import { percents } from "../percent.ts";
import { BATCH_KINDS, kindFacts, type Ratio } from "../spec/batchKind.ts";
import { round, SMALL, textAt } from "./drawing.ts";

const [WIDTH, BAR, GAP, KEY] = [400, 26, 2, 22];

/** @returns an <svg> element */
export function mixPicture(rows: readonly Ratio[]): string {
  const used = BATCH_KINDS.filter((kind) => rows.some((row) => row[kind] > 0));
  const bars = rows.map((row, i) => {
    let x = 0;
    return used
      .map((kind) => {
        const width = row[kind] * WIDTH;
        const bar = `<rect x="${round(x)}" y="${i * (BAR + GAP)}" width="${round(width)}" height="${BAR}" fill="var(--kind-${kind})"/>`;
        x += width;
        return row[kind] > 0 ? bar : "";
      })
      .join("");
  });
  const low = rows.length * (BAR + GAP);
  const shares = percents(used.map((kind) => rows[0]![kind]));
  const keys = used.map((kind, i) => {
    const x = (i * WIDTH) / used.length;
    const share = rows.length === 1 ? ` ${shares[i]!}` : "";
    return `<rect x="${round(x)}" y="${low + 7}" width="10" height="10" fill="var(--kind-${kind})"/>${textAt(x + 15, low + 16, `${kindFacts(kind).label}${share}`, "start", "ink")}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${low + KEY}" font-size="${SMALL}" role="img" aria-label="Mix of batch kinds">${bars.join("")}${keys.join("")}</svg>`;
}
