// Offers a new version of the lab that is here. Says nothing while something trains; the person decides.
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { isGoing } from "../../state/run/run.ts";
import { offlineStore } from "../../state/offline/offlineStore.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";

export function UpdateToast() {
  const update = useStore(offlineStore, (state) => state.update);
  const trains = useStore(runStore, ({ runs }) => runs.some(isGoing));
  const [answer, setAnswer] = useState<"yes" | "later">();
  const take = () => {
    setAnswer("yes");
    update?.();
  };
  return (
    <div className="toastPlace" role="status">
      {update && answer === undefined && !trains && (
        <p className="toast">
          <span>A new version of the lab is here.</span>
          <Button look="quiet" icon={RefreshCw} onClick={take}>
            Use it
          </Button>
          <Button look="quiet" onClick={() => setAnswer("later")}>
            Later
          </Button>
        </p>
      )}
      {answer === "yes" && <p className="toast">The page is loaded anew once nothing trains.</p>}
    </div>
  );
}
