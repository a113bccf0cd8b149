// The rows of the list of runs: each run, and before those of one test what that is where there are several. Draws nothing.
import { byTest, testKey, testText } from "../../core/naming/testOf.ts";
import type { Run } from "../../state/run/run.ts";

export type ListRow =
  { readonly key: string; readonly test: string } | { readonly key: string; readonly run: Run };

/** @param runs in order; numbers of different tests stand in no common one */
export function listRows(runs: readonly Run[]): ListRow[] {
  const tests = byTest(runs);
  return tests.flatMap((ofTest): ListRow[] => {
    const { spec } = ofTest[0]!;
    const head = { key: testKey(spec), test: `Tested on ${testText(spec)}` };
    return [...(tests.length > 1 ? [head] : []), ...ofTest.map((run) => ({ key: run.id, run }))];
  });
}
