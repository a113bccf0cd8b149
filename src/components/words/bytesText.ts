// Numbers of bytes in words. Decimal units, as disks and downloads are counted.

import { written } from "../../core/numbersIn.ts";

/** "640 B", "12 kB", "3.4 MB", "1.2 GB" */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${written(value.toFixed(value < 9.95 && unit > 0 ? 1 : 0))} ${units[unit]}`;
}
