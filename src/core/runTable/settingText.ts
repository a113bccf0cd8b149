// A setting's value as a person reads it in a table. Links and boxes have fieldText.ts.
import { percent } from "../percent.ts";
import { fieldAt } from "../spec/fields.ts";
import { formatValue } from "../spec/fieldText.ts";
import type { SpecPath, SpecValue } from "../spec/spec.ts";

/** "mono 70 %, cross 30 %", "rare pieces count more", "yes", "en, ar 2, zh"; "none" for an empty list */
export function settingText(path: SpecPath, value: SpecValue): string {
  const field = fieldAt(path);
  switch (field.type) {
    case "ratio":
      return shareText(value as Readonly<Record<string, number>>);
    case "choice":
      return field.options.find((option) => option.value === value)?.label ?? formatValue(path, value);
    case "boolean":
      return value === true ? "yes" : "no";
    default:
      return formatValue(path, value).replaceAll(",", ", ").replaceAll(":", " ");
  }
}

function shareText(shares: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(shares).filter(([, share]) => share > 0);
  const sum = kinds.reduce((total, [, share]) => total + share, 0);
  return kinds.map(([kind, share]) => `${kind} ${percent(share / sum)}`).join(", ");
}
