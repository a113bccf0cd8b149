// What was changed on the form, in words, and how it stood before: for undoing and redoing. Holds no form itself.

export interface Change<Form> {
  readonly what: string; // "preset Monolingual": stands behind "Undo: "
  readonly form: Form; // as it stood on the other side of the change
}

export interface History<Form> {
  readonly past: readonly Change<Form>[]; // newest last
  readonly future: readonly Change<Form>[]; // undone, next to redo last
}

export const NO_HISTORY = { past: [], future: [] } as const;
export const MAX_CHANGES = 200;

/** After a change; what was undone before it cannot be redone. @param goesOn of a drag: it is one change with the last one */
export function withChange<Form>(
  { past }: History<Form>,
  what: string,
  before: Form,
  goesOn: boolean,
): History<Form> {
  return goesOn && past.length > 0
    ? { past, future: [] }
    : { past: [...past.slice(1 - MAX_CHANGES), { what, form: before }], future: [] };
}

/** @returns the form before the last change, undefined where there is none */
export function undone<Form>({ past, future }: History<Form>, now: Form) {
  return moved(past, future, now, (from, to) => ({ past: from, future: to }));
}

/** @returns the form after the change that was undone last */
export function redone<Form>({ past, future }: History<Form>, now: Form) {
  return moved(future, past, now, (from, to) => ({ past: to, future: from }));
}

function moved<Form>(
  from: readonly Change<Form>[],
  to: readonly Change<Form>[],
  now: Form,
  history: (from: readonly Change<Form>[], to: readonly Change<Form>[]) => History<Form>,
): (History<Form> & { readonly form: Form }) | undefined {
  const last = from.at(-1);
  return last && { ...history(from.slice(0, -1), [...to, { what: last.what, form: now }]), form: last.form };
}
