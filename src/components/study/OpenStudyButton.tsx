// Asks for a study's file. Reads nothing of it.
import { FileUp } from "lucide-react";
import { FileButton } from "../controls/FileButton.tsx";

export function OpenStudyButton({ onGiven }: { readonly onGiven: (files: readonly File[]) => void }) {
  return (
    <FileButton
      icon={FileUp}
      title="A study’s zip, its results or its page is shown here with card, pictures and runs; the file of a study to be run is planned. It can be dropped here, too"
      accept=".zip,.json,.html"
      label="A study’s file"
      onGiven={onGiven}
    >
      Open a study…
    </FileButton>
  );
}
