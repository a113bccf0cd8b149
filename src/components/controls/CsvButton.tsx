// Copies a table as CSV, or saves it where the browser refuses to copy.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { fileName } from "../../core/series/csv.ts";
import { Button } from "./Button.tsx";
import { saveFile } from "./saveFile.ts";

interface CsvButtonProps {
  readonly csv: () => string; // made only when asked for
  readonly name: string; // of the file, where copying is refused
}

export function CsvButton({ csv, name }: CsvButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "saved">();
  useEffect(() => {
    const timer = setTimeout(() => setOutcome(undefined), 3000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const text = csv();
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      saveFile(fileName(name, "csv"), "text/csv", text);
      setOutcome("saved");
    }
  };
  return (
    <>
      <Button look="quiet" icon={outcome ? Check : Copy} onClick={() => void copy()}>
        {outcome === "copied" ? "Copied" : outcome === "saved" ? "Saved as a file" : "Copy as CSV"}
      </Button>
      <span role="status" className="visuallyHidden">
        {outcome && `Table ${outcome}`}
      </span>
    </>
  );
}
