// Every rule that decides while a run trains, by its name in a spec. What each goes by: core/spec/ruleFacts.ts.
import type { Schedule, Weighting } from "../spec/ruleFacts.ts";
import { ado } from "./ado.ts";
import { devGap } from "./devGap.ts";
import { doremi } from "./doremi.ts";
import { dwa } from "./dwa.ts";
import { exp3 } from "./exp3.ts";
import { gradNorm } from "./gradNorm.ts";
import type { Rule } from "./rule.ts";
import { skillIt } from "./skillIt.ts";
import { tdro } from "./tdro.ts";
import { uncertainty } from "./uncertainty.ts";

/** A state is only ever given to the rule that made it; a snapshot says which that is. */
type AnyRule = Rule<unknown>;

export const DECIDING: Readonly<Partial<Record<Schedule | Weighting, AnyRule>>> = {
  exp3,
  ado,
  doremi,
  tdro,
  skillIt,
  devGap,
  dwa,
  uncertainty,
  gradNorm,
};
