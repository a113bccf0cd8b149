// Property tests explore with a new seed on every developer's run, and repeat one seed in CI: what lands is decided by
// the change, not by luck. FC_SEED repeats a reported counterexample.
import fc from "fast-check";

const CI_SEED = 20_261_121;
const asked = process.env["FC_SEED"] ?? (process.env["CI"] ? String(CI_SEED) : undefined);
if (asked !== undefined) fc.configureGlobal({ seed: Number(asked) });
