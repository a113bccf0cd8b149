// What a run says of itself: the beginning of the first note, in the room there is; all of them at a press.
import { Info } from "lucide-react";
import { Hint } from "../controls/Hint.tsx";

export function RunNotes({ notes }: { readonly notes: readonly string[] }) {
  const [first, ...others] = notes;
  return (
    <span role="status" className="runNotes">
      {first !== undefined && (
        <Hint
          label={
            <>
              <Info aria-hidden size="1.1em" />
              {others.length > 0 && <b>{notes.length} notes: </b>}
              {first}
            </>
          }
        >
          {notes.map((note) => (
            <span key={note}>{note.replace(/\.?$/, ".")}</span>
          ))}
        </Hint>
      )}
    </span>
  );
}
