// The four kinds of batch, drawn and in a sentence each, for the help.
import type { CSSProperties } from "react";
import { BATCH_KINDS, kindFacts } from "../../core/spec/batchKind.ts";
import { KindPicture } from "../controls/KindPicture.tsx";

export function KindList() {
  return (
    <ul className="kinds">
      {BATCH_KINDS.map((kind) => (
        <li key={kind} className="kind" style={{ "--kind": `var(--kind-${kind})` } as CSSProperties}>
          <KindPicture kind={kind} />
          <div>
            <h3>{kindFacts(kind).label}</h3>
            <p>{kindFacts(kind).explanation}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
