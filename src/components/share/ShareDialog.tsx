// A link to the form as it is, or to a finished run with its result. Makes the text; sends nothing.
import "./share.css";
import { useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { countText } from "../words/numberText.ts";
import { expectedResult } from "../../core/record/expectedResult.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { draftLink, draftStore } from "../../state/draftStore.ts";
import { sameCourse } from "../../core/spec/course.ts";
import { runStore } from "../../state/runStore.ts";
import { CopyButton } from "../controls/CopyButton.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { courseOfRun, detailOf } from "../../state/run/run.ts";
import { runLink } from "../../state/run/runLink.ts";

const LONG_LINK = 2000; // characters; chat and mail cut beyond
const MAX_RUNS = 20; // in the list; the newest

export function ShareDialog({ onClose }: { onClose: () => void }) {
  const draft = useStore(draftStore);
  const runs = useStore(
    runStore,
    useShallow((state) =>
      state.runs
        .filter((run) => {
          const { record } = detailOf(run);
          return record && expectedResult(record);
        })
        .slice(0, MAX_RUNS),
    ),
  );
  const [chosen, setChosen] = useState(
    () => runs.find((run) => sameCourse(courseOfRun(run), draft))?.id ?? "",
  );
  const run = runs.find(({ id }) => id === chosen);
  const page = window.location.href;
  const link = run
    ? runLink(run, page, draft.unknown)
    : `${linkPage(page)}#${draftLink({ ...draft, expected: undefined })}`;
  return (
    <Dialog
      title="Share"
      onClose={onClose}
      footer={
        <CopyButton text={link} look="primary">
          Copy the link
        </CopyButton>
      }
    >
      <div className="share">
        <label className="share-choice">
          <span>What to share</span>
          <select className="select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            <option value="">The form as it is now, without a result</option>
            {runs.map(({ id, name, misfits }) => (
              <option key={id} value={id}>
                {misfits
                  ? `The settings of “${name}” (its record does not fit itself)`
                  : `The run “${name}” with its result`}
              </option>
            ))}
          </select>
        </label>
        <textarea
          className="share-link"
          aria-label="Link"
          readOnly
          rows={4}
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <p className="field-note">
          {run?.misfits
            ? `Without a result: the record of “${run.name}” does not fit itself, so its numbers are nothing to check.`
            : run
              ? `Includes the result of run “${run.name}”: whoever opens the link trains the same experiment and sees whether the numbers come out again.`
              : "Whoever opens the link gets this form. Train it first, and the link can carry the result to be checked."}
          {" Datasets are not in the link: files you added must be added there, too."}
        </p>
        {link.length > LONG_LINK && (
          <p className="share-long">
            This link has {countText(link.length)} characters. Some chat and mail programs cut links after{" "}
            {countText(LONG_LINK)}: send it as a file, or export the run as JSON instead.
          </p>
        )}
      </div>
    </Dialog>
  );
}
