// A class's results together: many files opened at once as one overlay. Keeps nothing and sends nothing.
import { FileUp } from "lucide-react";
import { useMemo, useState } from "react";
import { classResults } from "../../core/classroom/classResults.ts";
import { counted } from "../../core/counted.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { FileButton } from "../controls/FileButton.tsx";
import { Notice } from "../controls/Notice.tsx";
import { useDrop } from "../controls/useDrop.ts";
import { ClassFigure } from "./ClassFigure.tsx";
import { ClassTable } from "./ClassTable.tsx";
import { CodeBox } from "./CodeBox.tsx";
import { readGiven, type ReadFiles } from "./readGiven.ts";
import "./classroom.css";

const NOTHING: ReadFiles = { results: [], broken: [] };

export function ClassDialog({ onClose }: { readonly onClose: () => void }) {
  const [read, setRead] = useState(NOTHING);
  const [reading, setReading] = useState(false);
  const take = async (files: readonly File[]) => {
    setReading(true);
    const more = await readGiven(files);
    setRead((before) => ({
      results: [...before.results, ...more.results],
      broken: [...before.broken, ...more.broken],
    }));
    setReading(false);
  };
  const target = useDrop(({ files }) => void take([...files]));
  const sorted = useMemo(() => classResults(read.results), [read.results]);
  const { groups, elsewhere, equal, altered } = sorted;
  const counts = groups.reduce((n, { results }) => n + results.length, 0);
  return (
    <Dialog title="A class’s results" wide onClose={onClose}>
      <div className="classroom">
        <div className="dropZone" {...target}>
          <p>Drop result cards, run.json files or pages of runs here, as many as there are.</p>
          <FileButton
            icon={FileUp}
            accept=".png,.json,.html,image/png,application/json,text/html"
            label="Results to open"
            multiple
            onGiven={(files) => void take(files)}
          >
            Choose files
          </FileButton>
          {read !== NOTHING && (
            <Button look="quiet" onClick={() => setRead(NOTHING)}>
              Clear
            </Button>
          )}
        </div>
        <p className="field-note">
          A result card is under a run’s Export. Nothing is kept here, and no name is asked for; results are
          called by their files.
        </p>
        <p role="status">
          {reading
            ? "Reading …"
            : read !== NOTHING &&
              `${counted(counts, "result")} of ${counted(groups.length, "recipe")} on one picture${told(sorted, read)}.`}
        </p>
        {groups.length > 0 && (
          <>
            <ClassFigure groups={groups} />
            <ClassTable groups={groups} />
          </>
        )}
        <Told tone="bad" title="Altered after their run, or damaged: not drawn">
          {altered.map(({ file, misfits }) => `${file}: ${misfits[0]}`)}
        </Told>
        <Told tone="bad" title="Could not be read">
          {read.broken}
        </Told>
        <Told tone="warn" title="Measured on another test: not drawn beside the others">
          {elsewhere.flatMap(({ label, results }) => results.map(({ file }) => `${file}: ${label}`))}
        </Told>
        <Told tone="warn" title="The same numbers as another file: counted once">
          {equal.map(({ file, first }) => `${file}: as ${first === file ? "another of this name" : first}`)}
        </Told>
        <CodeBox groups={[...groups, ...elsewhere]} onClose={onClose} />
      </div>
    </Dialog>
  );
}

/** ", 5 not: 3 could not be read, 2 altered" */
function told({ elsewhere, equal, altered }: ReturnType<typeof classResults>, { broken }: ReadFiles): string {
  const others = elsewhere.reduce((n, { results }) => n + results.length, 0);
  const parts = [
    broken.length > 0 && `${broken.length} could not be read`,
    altered.length > 0 && `${altered.length} altered`,
    others > 0 && `${others} on another test`,
    equal.length > 0 && `${equal.length} equal to another`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "" : `; not on it: ${parts.join(", ")}`;
}

interface ToldProps {
  readonly tone: "bad" | "warn";
  readonly title: string;
  readonly children: readonly string[];
}

/** Files by name, and what is the matter with each; nothing where there is none. */
function Told({ tone, title, children }: ToldProps) {
  if (children.length === 0) return null;
  return (
    <Notice tone={tone} title={title}>
      <ul className="classroom-files">
        {children.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ul>
    </Notice>
  );
}
