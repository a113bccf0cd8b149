// Trains the form as it is and shows how it goes: where a card asks for nothing else. Says why it cannot.
import { Play } from "lucide-react";
import { useStore } from "zustand";
import { contradictionOf } from "../../core/spec/course.ts";
import { draftStore } from "../../state/draftStore.ts";
import { startDraft } from "../../state/startDraft.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";

export function TrainButton({ children }: { readonly children: string }) {
  const contradiction = useStore(draftStore, contradictionOf);
  const train = () => {
    viewStore.getState().showStage("watch");
    void startDraft();
  };
  return (
    <Button
      look="primary"
      icon={Play}
      inactive={contradiction !== undefined}
      title={contradiction}
      onClick={train}
    >
      {children}
    </Button>
  );
}
