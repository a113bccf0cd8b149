// Asks for a study's file. Reads nothing of it.
import { FileUp } from "lucide-react";
import { useRef } from "react";
import { Button } from "../controls/Button.tsx";

export function OpenStudyButton({ onGiven }: { readonly onGiven: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        icon={FileUp}
        title="A study’s zip, or its results: shown here with card, pictures and runs. It can be dropped here, too"
        onClick={() => input.current?.click()}
      >
        Open a study…
      </Button>
      <input
        ref={input}
        type="file"
        accept=".zip,.json"
        hidden
        aria-label="A study’s file"
        onChange={({ target }) => {
          onGiven([...(target.files ?? [])]);
          target.value = ""; // the same file can be given again
        }}
      />
    </>
  );
}
