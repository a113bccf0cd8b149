// What a run says of itself: how many notes, and where there is room the beginning of the first; all of them at a press.
import { Info } from "lucide-react";
import { counted } from "../../core/counted.ts";
import { Hint } from "../controls/Hint.tsx";

export function RunNotes({ notes }: { readonly notes: readonly string[] }) {
  const [first] = notes;
  return (
    <span role="status" className="runNotes">
      {first !== undefined && (
        <Hint
          label={
            <>
              <Info aria-hidden size="1.1em" />
              {counted(notes.length, "note")}
              <span className="runNotes-first">: {first}</span>
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
