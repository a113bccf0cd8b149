// Saves a page as one HTML file. Writes no page itself.
import { fileName } from "../../core/series/csv.ts";
import { SaveButton } from "./SaveButton.tsx";

interface SavePageProps {
  readonly name: string;
  readonly waiting?: string | undefined; // what is to come before it can be made
  readonly make: () => string | Promise<string>;
}

export const SavePage = ({ name, waiting, make }: SavePageProps) => (
  <SaveButton
    label="Save page (HTML)"
    waiting={waiting}
    make={async () => ({
      name: fileName(name, "html"),
      type: "text/html",
      blob: new Blob([await make()]),
    })}
  />
);
