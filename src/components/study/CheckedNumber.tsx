// A box for a number of a study, and one sentence on what it refused. The owner's value changes only to what is right.
import { useState } from "react";
import { NumberBox } from "../controls/NumberBox.tsx";

interface CheckedNumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly right: string; // "a whole number from 1 to 50"
  readonly isRight: (value: number) => boolean;
  readonly onValue: (value: number) => void;
}

export function CheckedNumber({ right, isRight, onValue, ...box }: CheckedNumberProps) {
  const { label, value } = box;
  const [refused, setRefused] = useState<{ readonly typed: number | string; readonly beside: number }>();
  const take = (typed: number | string) => {
    const isTaken = typeof typed === "number" && isRight(typed);
    setRefused(isTaken ? undefined : { typed, beside: value });
    if (isTaken) onValue(typed);
  };
  const isRefused = refused?.beside === value;
  return (
    <>
      <NumberBox {...box} invalid={isRefused} onValue={take} />
      {isRefused && (
        // It stays when the box is left: what is below must not move under a press.
        <span className="study-refused" role="alert">
          {label} must be {right}, got {String(refused.typed).slice(0, 20)}; it stays {value}
        </span>
      )}
    </>
  );
}

const MOST_SEEDS = 50;

export const SeedsBox = (props: Pick<CheckedNumberProps, "value" | "onValue">) => (
  <CheckedNumber
    label="Seeds in every cell"
    {...{ min: 1, max: MOST_SEEDS, step: 1 }}
    right={`a whole number from 1 to ${MOST_SEEDS}`}
    isRight={(value) => Number.isInteger(value) && value >= 1 && value <= MOST_SEEDS}
    {...props}
  />
);
