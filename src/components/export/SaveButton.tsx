// Makes a file and saves it, and says how large it became or why there is none. Makes none itself.
import { Download } from "lucide-react";
import { useState } from "react";
import { messageOf } from "../../core/messageOf.ts";
import { Button } from "../controls/Button.tsx";
import { saveFile } from "../controls/saveFile.ts";
import { bytesText } from "../words/bytesText.ts";

interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly blob: Blob;
}

interface SaveButtonProps {
  readonly label: string;
  readonly look?: "primary";
  readonly waiting?: string | undefined; // what is to come before it can be made
  readonly make: () => Promise<MadeFile>;
}

export function SaveButton({ label, waiting, make, ...look }: SaveButtonProps) {
  const [outcome, setOutcome] = useState("");
  const save = async () => {
    try {
      const { name, type, blob } = await make();
      saveFile(name, type, blob);
      setOutcome(`Saved as ${name}, ${bytesText(blob.size)}`);
    } catch (error) {
      setOutcome(messageOf(error));
    }
  };
  return (
    <div className="export-settings">
      <Button {...look} icon={Download} inactive={waiting !== undefined} onClick={() => void save()}>
        {label}
      </Button>
      <span role="status">{waiting ?? outcome}</span>
    </div>
  );
}
