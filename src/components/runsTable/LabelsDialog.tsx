// A person's own words about runs: tags of one or several, a note of one. Presentation: in no record and no digest.
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { counted } from "../../core/counted.ts";
import { countsOf } from "../../core/groupBy.ts";
import { MAX_NOTE_LENGTH, MAX_TAG_LENGTH, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";

interface LabelsDialogProps {
  readonly runs: readonly Run[]; // at least one
  readonly onClose: () => void;
}

export function LabelsDialog({ runs, onClose }: LabelsDialogProps) {
  const [tag, setTag] = useState("");
  const [first, ...others] = runs;
  const ids = runs.map(({ id }) => id);
  const { addTag, removeTag, setNote } = runStore.getState();
  const counts = countsOf(runs.flatMap(({ tags = [] }) => tags));
  return (
    <Dialog
      title={others.length > 0 ? `Tags of ${counted(runs.length, "run")}` : `Tags and note: ${first?.name}`}
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="runsTable-labels">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            addTag(ids, tag);
            setTag("");
          }}
        >
          <input
            className="textBox"
            aria-label="New tag"
            placeholder="New tag"
            maxLength={MAX_TAG_LENGTH}
            value={tag}
            onChange={({ target }) => setTag(target.value)}
          />
          <Button type="submit" icon={Plus} inactive={tag.trim() === ""}>
            Add
          </Button>
        </form>
        <ul aria-label="Tags">
          {[...counts].map(([name, count]) => (
            <li key={name}>
              {name}
              {others.length > 0 && <small> {count === runs.length ? "all" : count}</small>}
              <Button look="quiet" icon={X} iconOnly onClick={() => removeTag(ids, name)}>
                {`Take “${name}” away`}
              </Button>
            </li>
          ))}
        </ul>
        {first && others.length === 0 && (
          <label>
            Note
            <textarea
              className="textBox"
              rows={4}
              maxLength={MAX_NOTE_LENGTH}
              defaultValue={first.note ?? ""}
              onBlur={({ target }) => setNote(first.id, target.value)}
            />
          </label>
        )}
        <p className="field-note">Kept in this browser; no part of a record or a link.</p>
      </div>
    </Dialog>
  );
}
