// The form as it is, or a finished run with its result, to be given away: as a link, a code to scan, a frame for another
// page. Makes the text; sends nothing.
import "./share.css";
import { Suspense, useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { countText } from "../words/numberText.ts";
import { expectedResult } from "../../core/record/expectedResult.ts";
import { SHORT_BITS } from "../../core/spec/linkMade.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { draftLink, draftStore } from "../../state/draftStore.ts";
import { sameCourse } from "../../core/spec/course.ts";
import { runStore } from "../../state/runStore.ts";
import { RecipePageButton } from "../export/RecipePageButton.tsx";
import { CopyButton } from "../controls/CopyButton.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { Segmented } from "../controls/Segmented.tsx";
import { courseOfRun, detailOf, type Run } from "../../state/run/run.ts";
import { runLink } from "../../state/run/runLink.ts";
import { EmbedBuilder } from "./EmbedBuilder.tsx";
import { frameText, USUAL_FRAME } from "./frameText.ts";

/** Fetched when it is first wanted: most share by link. */
const QrCode = lazyPart(async () => (await import("./QrCode.tsx")).QrCode);

const LONG_LINK = 2000; // characters; chat and mail cut beyond
const MAX_RUNS = 20; // in the list; the newest

const WAYS = [
  { value: "link", label: "Link" },
  { value: "code", label: "QR code" },
  { value: "embed", label: "Embed" },
] as const;
type Way = (typeof WAYS)[number]["value"];

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
  const [chosen, setChosen] = useState(() => {
    const { trajectory } = draft;
    const ofForm =
      runs.find((run) => sameCourse(courseOfRun(run), draft)) ??
      runs.find((run) => sameCourse({ ...courseOfRun(run), trajectory }, draft)); // driven by hand meanwhile
    return ofForm?.id ?? "";
  });
  const [way, setWay] = useState<Way>("link");
  const [frame, setFrame] = useState(USUAL_FRAME);
  const run = runs.find(({ id }) => id === chosen);
  const page = window.location.href;
  const { unknown } = draft;
  // The fullest first. Curves are to be looked at only: they give way first where the link would be too long.
  const links = run
    ? [{ curve: true }, {}, { brief: true }].map((how) => runLink(run, page, { unknown, ...how }))
    : [`${linkPage(page)}#${draftLink({ ...draft, expected: undefined })}`];
  const link = links.find(({ length }) => length <= LONG_LINK) ?? links.at(-1)!;
  const isEmbed = way === "embed";
  const text = isEmbed ? frameText(link, `Hybrid Batch Lab${run ? `: ${run.name}` : ""}`, frame) : link;
  return (
    <Dialog
      title="Share"
      wide={isEmbed}
      onClose={onClose}
      footer={
        <CopyButton text={text} look="primary">
          {isEmbed ? "Copy the HTML" : "Copy the link"}
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
        <Segmented label="As" value={way} options={WAYS} onChange={setWay} />
        {isEmbed && <EmbedBuilder link={link} frame={frame} onChange={setFrame} />}
        {way === "code" ? (
          <Suspense fallback={<p>Drawing …</p>}>
            <QrCode links={links} />
          </Suspense>
        ) : (
          <textarea
            className="share-link"
            aria-label={isEmbed ? "HTML" : "Link"}
            readOnly
            rows={5}
            value={text}
            onFocus={(event) => event.target.select()}
          />
        )}
        <p className="field-note">
          {promise(run, link !== links[2])}
          {" Datasets are not in the link: files you added must be added there, too."}
        </p>
        {!run && <RecipePageButton course={draft} link={link} />}
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

/** What whoever opens it will find. */
function promise(run: Run | undefined, isHashed: boolean): string {
  if (!run)
    return "Whoever opens the link gets this form. Train it first, and the link can carry the result to be checked.";
  return run.misfits
    ? `Without a result: the record of “${run.name}” does not fit itself, so its numbers are nothing to check.`
    : `Includes the result of run “${run.name}”: whoever opens the link sees it, trains the same experiment, and learns which of plan, losses and numbers come out again.${isHashed ? ` Its hashes, ${SHORT_BITS} bits each, prove that things are equal, not who made them.` : ""}`;
}
