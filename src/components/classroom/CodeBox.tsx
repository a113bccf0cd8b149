// Finds the recipe of a code that was read off a picture: among the results given here, and among the runs of this browser.
import { useState } from "react";
import { useStore } from "zustand";
import type { ClassGroup } from "../../core/classroom/classResults.ts";
import { counted } from "../../core/counted.ts";
import { recipeCode, typedCode } from "../../core/record/recipeCode.ts";
import { courseOfRun } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { loadRecipe, loadSettings } from "../../state/startDraft.ts";
import { Button } from "../controls/Button.tsx";

interface CodeBoxProps {
  readonly groups: readonly ClassGroup[];
  readonly onClose: () => void;
}

export function CodeBox({ groups, onClose }: CodeBoxProps) {
  const runs = useStore(runStore, (state) => state.runs);
  const [text, setText] = useState("");
  const code = typedCode(text);
  const group = groups.find((one) => one.code === code);
  const own = code === undefined ? [] : runs.filter((run) => recipeCode(courseOfRun(run)) === code);
  const [run] = own;
  const load = run ? () => loadSettings(run) : group && (() => loadRecipe(group.course));
  return (
    <div className="classroom-code">
      <label>
        Code of a recipe, from a picture{" "}
        <input
          className="textBox"
          value={text}
          maxLength={20}
          placeholder="0AB1C-DVXYZ"
          spellCheck={false}
          autoCapitalize="characters"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <span role="status">
        {text.trim() !== "" &&
          words(
            code,
            group,
            own.map(({ name }) => name),
          )}
      </span>
      {load && (
        <Button
          onClick={() => {
            load();
            onClose();
          }}
        >
          Load settings
        </Button>
      )}
    </div>
  );
}

function words(code: string | undefined, group: ClassGroup | undefined, names: readonly string[]): string {
  if (code === undefined)
    return "A code has ten letters and digits, such as 0AB1C-DVXYZ; it has no I, L, O or U.";
  if (!group && names.length === 0)
    return `No result given here and no run of this browser has ${code}. Ask for one of its files.`;
  const found = [
    ...(group ? [`${group.label}, ${counted(group.results.length, "result")} above`] : []),
    ...(names.length > 0
      ? [`${counted(names.length, "run")} of this browser: ${names.slice(0, 5).join(", ")}`]
      : []),
  ];
  return `${code}: ${found.join("; ")}.`;
}
