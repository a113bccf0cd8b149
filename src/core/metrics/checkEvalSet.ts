// The door of the evaluation: refuses an inconsistent EvalSet with one sentence. Repairs nothing.
import type { EvalSet } from "./evaluation.ts";

function fail(what: string): never {
  throw new RangeError(`evaluation set: ${what}`);
}

/** @throws RangeError naming the first thing wrong: lengths, a language, an offset, a relevant index, or the tie order */
export function checkEvalSet(set: EvalSet): void {
  const { languages, queryLangs, passageLangs, relevantOffsets, relevant, grades, leftOut, tieOrder } = set;
  const nQueries = queryLangs.length;
  const nPool = passageLangs.length;
  const nLangs = languages.length;
  for (const [q, lang] of queryLangs.entries()) {
    if (lang >= nLangs) fail(`query ${q} has language ${lang}, must be below ${nLangs}`);
  }
  for (const [p, lang] of passageLangs.entries()) {
    if (lang >= nLangs) fail(`passage ${p} has language ${lang}, must be below ${nLangs}`);
  }
  if (relevantOffsets.length !== nQueries + 1 || relevantOffsets[0] !== 0) {
    fail(`relevantOffsets must start at 0 and have ${nQueries + 1} entries, got ${relevantOffsets.length}`);
  }
  if (relevantOffsets[nQueries] !== relevant.length) {
    fail(`relevantOffsets must end at ${relevant.length}, got ${relevantOffsets[nQueries]}`);
  }
  const lastSeen = new Int32Array(nPool).fill(-1);
  for (let q = 0; q < nQueries; q++) {
    if (relevantOffsets[q + 1]! < relevantOffsets[q]!) fail(`relevantOffsets fall after query ${q}`);
    for (let i = relevantOffsets[q]!; i < relevantOffsets[q + 1]!; i++) {
      const passage = relevant[i]!;
      if (passage < 0 || passage >= nPool)
        fail(`query ${q} names passage ${passage}, must be in [0, ${nPool})`);
      if (lastSeen[passage] === q)
        fail(`query ${q} names passage ${passage} twice, each must be listed once`);
      lastSeen[passage] = q;
    }
  }
  if (grades && (grades.length !== relevant.length || grades.includes(0))) {
    fail(`grades must be ${relevant.length} numbers from 1, one per relevant passage`);
  }
  if (leftOut && leftOut.length !== relevant.length) {
    fail(`leftOut must be ${relevant.length} numbers, one per relevant passage`);
  }
  if (tieOrder.length !== nPool) fail(`tieOrder must have ${nPool} entries, got ${tieOrder.length}`);
  const taken = new Uint8Array(nPool);
  for (const [p, position] of tieOrder.entries()) {
    if (position < 0 || position >= nPool || taken[position]) {
      fail(`tieOrder must be a permutation of 0 to ${nPool - 1}, passage ${p} has ${position}`);
    }
    taken[position] = 1;
  }
}
