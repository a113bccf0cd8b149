// Leaves the guide for good; the help brings it back.
import { X } from "lucide-react";
import { guideStore } from "../../state/guideStore.ts";
import { Button } from "../controls/Button.tsx";

export function SkipButton({ small = false }: { readonly small?: boolean }) {
  return (
    <Button
      look="quiet"
      {...(small && { icon: X, iconOnly: true })}
      onClick={() => guideStore.getState().leave()}
    >
      {small ? "Leave the guide" : "Skip"}
    </Button>
  );
}
