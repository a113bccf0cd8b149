// Ids of which one at a time is put into a set or taken out of it. Draws nothing.
import { useState } from "react";

export function useToggled(): readonly [ids: ReadonlySet<string>, toggle: (id: string) => void] {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  return [ids, toggle];
}
