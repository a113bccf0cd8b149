// The way in for run records that somebody exported.
import { FileUp } from "lucide-react";
import { useRef } from "react";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";

export function ImportRuns() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look="quiet" icon={FileUp} onClick={() => input.current?.click()}>
        Open run.json
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,application/json"
        aria-label="Run records to open"
        onChange={({ target }) => {
          if (target.files) void runStore.getState().importRuns([...target.files]);
          target.value = ""; // the same file can be chosen again
        }}
      />
    </>
  );
}
