// Says at the start what this browser lacks of what the lab uses, with what that costs. In a frame nothing alarming is said.
import { useState } from "react";
import { missingFeatures } from "../../core/browser/features.ts";
import { Notice } from "../controls/Notice.tsx";

export function BrowserNotice() {
  const [missing] = useState(() => missingFeatures(window).filter(({ costs }) => costs !== "pace"));
  const [isDismissed, setDismissed] = useState(false);
  const needed = missing.some(({ costs }) => costs === "all");
  if (missing.length === 0 || isDismissed || (window.top !== window && !needed)) return null;
  const sentences = [...new Set(missing.map(({ without }) => without))];
  return (
    <div className="notices">
      <Notice
        tone={needed ? "bad" : "info"}
        title={window.isSecureContext ? LACKS : `${LACKS}, as its address is neither https nor localhost`}
        onDismiss={() => setDismissed(true)}
      >
        <ul className="problems">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

const LACKS = "This browser lacks some of what the lab uses here";
