// A mix of batch kinds as one bar of coloured parts. Decoration: whoever draws it also says the numbers.
import type { CSSProperties } from "react";
import type { BatchKind, Ratio } from "../../core/spec/batchKind.ts";

export function MixBar({ ratio, kinds }: { ratio: Ratio; kinds: readonly BatchKind[] }) {
  return (
    <span className="mixBar" aria-hidden>
      {kinds
        .filter((kind) => ratio[kind] > 0)
        .map((kind) => (
          <span
            key={kind}
            style={{ flexGrow: ratio[kind], "--kind": `var(--kind-${kind})` } as CSSProperties}
          />
        ))}
    </span>
  );
}
