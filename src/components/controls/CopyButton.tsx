// Copies a text and says so. Where the browser refuses, it says how to copy by hand.
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./Button.tsx";

interface CopyButtonProps {
  readonly text: string;
  readonly children: string;
  readonly look?: "primary" | "plain";
}

export function CopyButton({ text, children, look = "plain" }: CopyButtonProps) {
  const [last, setLast] = useState<{ readonly text: string; readonly outcome: "copied" | "refused" }>();
  const outcome = last?.text === text ? last.outcome : undefined; // another text has not been copied yet
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setLast({ text, outcome: "copied" });
    } catch {
      setLast({ text, outcome: "refused" });
    }
  };
  return (
    <span className="copy">
      <Button look={look} icon={outcome === "copied" ? Check : Copy} onClick={() => void copy()}>
        {outcome === "copied" ? "Copied" : children}
      </Button>
      <span role="status" className={outcome === "refused" ? "copy-refused" : "visuallyHidden"}>
        {outcome === "copied" && "Copied"}
        {outcome === "refused" && "The browser refused: select the text and press Ctrl C."}
      </span>
    </span>
  );
}
