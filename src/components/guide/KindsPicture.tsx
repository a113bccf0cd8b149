// The four kinds of batch side by side, in their colours, with what the shapes mean.
import type { CSSProperties } from "react";
import { BATCH_KINDS, kindFacts } from "../../core/spec/batchKind.ts";
import { KindPicture } from "../controls/KindPicture.tsx";

export function KindsPicture() {
  return (
    <figure className="kindsPicture">
      <ul>
        {BATCH_KINDS.map((kind) => (
          <li key={kind} style={{ "--kind": `var(--kind-${kind})` } as CSSProperties}>
            <KindPicture kind={kind} />
            <b>{kindFacts(kind).label}</b>
            <span className="visuallyHidden">{kindFacts(kind).explanation}</span>
          </li>
        ))}
      </ul>
      <figcaption>Round: a question. Square: its answers. A, B, C: languages.</figcaption>
    </figure>
  );
}
