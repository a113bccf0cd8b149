// What a name that nobody knows was meant to be: the most alike of those that there are. Knows none of them.

/** @returns undefined where none is near. @param most letters put in, taken out or changed */
export function nearestName<Name extends string>(
  wrong: string,
  names: readonly Name[],
  most: number,
): Name | undefined {
  const near = names
    .map((name) => ({ name, steps: editSteps(name, wrong) }))
    .sort((a, b) => a.steps - b.steps)[0];
  return near && near.steps <= most ? near.name : undefined;
}

/** Letters put in, taken out or changed (Levenshtein 1966). */
function editSteps(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
