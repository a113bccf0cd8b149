// Saves a page as one HTML file: says what it is for and how large it became. Writes no page itself.
import { Download } from "lucide-react";
import { useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import { fileName } from "../../core/series/csv.ts";
import { Button } from "../controls/Button.tsx";
import { saveFile } from "../controls/saveFile.ts";
import { bytesText } from "../words/bytesText.ts";

interface SavePageProps {
  readonly name: string;
  readonly waiting?: string | undefined; // what is to come before it can be made
  readonly make: () => string | Promise<string>;
}

export function SavePage({ name, waiting, make }: SavePageProps) {
  const [outcome, setOutcome] = useState("");
  const save = async () => {
    try {
      const page = new Blob([await make()]);
      const file = fileName(name, "html");
      saveFile(file, "text/html", page);
      setOutcome(`Saved as ${file}, ${bytesText(page.size)}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
  };
  return (
    <div className="export-settings">
      <Button icon={Download} inactive={waiting !== undefined} onClick={() => void save()}>
        Save page (HTML)
      </Button>
      <span role="status">{waiting ?? outcome}</span>
    </div>
  );
}
