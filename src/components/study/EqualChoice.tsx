// Which cells are compared: all, or those that had as much of one thing as the control. Compares nothing.
import { counted } from "../../core/counted.ts";
import { BUDGETS, type Budget } from "../../core/study/study.ts";

interface EqualChoiceProps {
  readonly cells: ReadonlyMap<Budget, readonly string[]>; // by what was equal
  readonly all: number;
  readonly value: Budget | undefined; // undefined: all
  readonly onValue: (budget: Budget | undefined) => void;
}

export function EqualChoice({ cells, all, value, onValue }: EqualChoiceProps) {
  const counts = [...cells].map(([budget, own]) => ({ budget, n: own.length }));
  if (counts.every(({ n }) => n === all)) return null;
  return (
    <label className="study-number">
      Compare
      <select
        className="select"
        title="Card, pictures and tables are made anew from these cells alone"
        value={value ?? "all"}
        onChange={({ target }) => onValue(counts.find(({ budget }) => budget === target.value)?.budget)}
      >
        <option value="all">all cells</option>
        {counts.map(({ budget, n }) => (
          <option key={budget} value={budget} disabled={n < 2}>
            {n < 2 ? "no other cell" : counted(n, "cell")} of equal {BUDGETS[budget]}
          </option>
        ))}
      </select>
    </label>
  );
}
