// What was made of an object, kept while the object is there: for runs that ask the same of the same data. Knows neither.

/**
 * @param most answers that are kept of one object; the oldest goes before the next is made
 * @returns a function that makes an answer, or gives the one that was made of this object for what is asked
 */
export function keptFor<Made>(most: number): (of: object, asked: string, make: () => Made) => Made {
  const kept = new WeakMap<object, Map<string, { readonly made: Made }>>();
  return (of, asked, make) => {
    const own = kept.get(of) ?? new Map<string, { readonly made: Made }>();
    kept.set(of, own);
    const known = own.get(asked);
    if (known) return known.made;
    for (const old of own.keys()) if (own.size >= most) own.delete(old);
    const made = make();
    own.set(asked, { made });
    return made;
  };
}
