// What a run is beside its neighbours, and of a branch where it comes from.
import type { Run } from "../../state/run/run.ts";
import { BranchOf } from "./BranchOf.tsx";

export function RunWhat({ run }: { readonly run: Run }) {
  return (
    <>
      {run.subtitle}
      {run.parent && (
        <>
          {" "}
          · <BranchOf run={run} />
        </>
      )}
    </>
  );
}
