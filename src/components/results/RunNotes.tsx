// What a run says of itself, in one line: the first note, and the others on demand.
import { Info } from "lucide-react";

export function RunNotes({ notes }: { readonly notes: readonly string[] }) {
  const [first, ...others] = notes;
  if (first === undefined) return null;
  return (
    <div role="status">
      <details className="runNotes">
        <summary title={first}>
          <Info aria-hidden size="1.1em" />
          <span>{first}</span>
          {others.length > 0 && <b>and {others.length} more</b>}
        </summary>
        {others.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </details>
    </div>
  );
}
