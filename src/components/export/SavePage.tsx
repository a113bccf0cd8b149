// Saves a page as one file, with what trains it where that is wanted: how large it then is is said before. Writes no page itself.
import { useEffect, useId, useState } from "react";
import type { PageTraining } from "../../core/html/pageFile.ts";
import { messageOf } from "../../core/messageOf.ts";
import { offerTraining, type TrainingOffer } from "../../core/offline/trainingOffer.ts";
import { fileName } from "../../core/series/csv.ts";
import type { Course } from "../../core/spec/course.ts";
import { pageReader } from "../../state/pageReader.ts";
import { bytesText } from "../words/bytesText.ts";
import { SaveButton } from "./SaveButton.tsx";

interface SavePageProps {
  readonly name: string;
  readonly waiting?: string | undefined; // what is to come before it can be made
  readonly courses: readonly Course[]; // what it shows: one run, or all of a study
  readonly make: (training: PageTraining | undefined) => string | Promise<string>;
}

export function SavePage({ name, waiting, courses, make }: SavePageProps) {
  const [isWanted, setWanted] = useState(false);
  const offer = useOffer(courses);
  const training = isWanted && typeof offer === "object" ? offer : undefined;
  return (
    <>
      <TrainingChoice isWanted={isWanted} offer={offer} onChange={setWanted} />
      <SaveButton
        label="Save page (HTML)"
        waiting={waiting}
        make={async () => ({
          name: fileName(name, "html"),
          type: "text/html",
          blob: new Blob([await make(await training?.readParts())]),
        })}
      />
    </>
  );
}

/** What is on offer for runs, or the sentence why nothing is; undefined until it is known. */
function useOffer(courses: readonly Course[]): TrainingOffer | string | undefined {
  const [found, setFound] = useState<{ of: readonly Course[]; offer: TrainingOffer | string }>();
  useEffect(() => {
    let isCurrent = true;
    const tell = (offer: TrainingOffer | string) => void (isCurrent && setFound({ of: courses, offer }));
    const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
    offerTraining(courses, pageReader(base)).then(tell, (error: unknown) => tell(messageOf(error)));
    return () => void (isCurrent = false);
  }, [courses]);
  return found?.of === courses ? found.offer : undefined;
}

interface TrainingChoiceProps {
  readonly isWanted: boolean;
  readonly offer: TrainingOffer | string | undefined;
  readonly onChange: (isWanted: boolean) => void;
}

function TrainingChoice({ isWanted, offer, onChange }: TrainingChoiceProps) {
  const id = useId();
  const isThere = typeof offer === "object";
  return (
    <div>
      <label className="export-check">
        <input
          type="checkbox"
          checked={isWanted && isThere}
          disabled={!isThere}
          aria-describedby={id}
          onChange={({ target }) => onChange(target.checked)}
        />{" "}
        With all that trains it{isThere && `: ${bytesText(offer.bytes)} more`}
      </label>
      <p id={id} className="field-note">
        {isThere
          ? "The encoder, and the texts of its languages: it then trains wherever a browser opens it, without a network."
          : offer === undefined
            ? "Its size is being read…"
            : `Not to be had for this one: ${offer}.`}
      </p>
    </div>
  );
}
