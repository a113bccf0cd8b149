// What there is to say of the draft's plan before it is trained. Asks the data worker; only the latest answer counts.
import { createStore, type StoreApi } from "zustand/vanilla";
import { contradictionOf, type Course } from "../core/spec/course.ts";
import { formWords } from "../core/spec/formWords.ts";
import type { PlanCheck } from "../workers/protocol.ts";
import { askLatest, type Asked } from "./askLatest.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export interface PlanState extends Asked, PlanCheck {
  /** Asks about this run; what is shown stays until the answer comes. */
  check(course: Course): Promise<void>;
}

const NOTHING: PlanCheck = { notices: [], refusal: undefined };

export function createPlanStore(workers: WorkersStore): StoreApi<PlanState> {
  return createStore<PlanState>()((set) => {
    const latest = askLatest<PlanCheck>(set);
    return {
      ...NOTHING,
      status: "idle",
      check: async ({ spec, parent }) => {
        if (contradictionOf({ spec, parent }) !== undefined) return latest.forget(NOTHING); // said beside the button
        await latest.ask(async () => {
          const { data } = workers.getState().client();
          const { notices, refusal } = await data.request("checkPlan", { spec, parent });
          return { notices, refusal: refusal && formWords(refusal) };
        });
      },
    };
  });
}

export const planStore = createPlanStore(workersStore);
