// The thin bar of the phase at work. Its place stays when no phase is, so that nothing jumps.
import type { PhaseAtWork } from "./phaseText.ts";

interface PhaseBarProps {
  readonly work: PhaseAtWork | undefined;
  readonly halted: boolean;
}

export function PhaseBar({ work, halted }: PhaseBarProps) {
  if (!work) return null;
  const { label, text } = work;
  const { share } = text;
  return (
    <span
      className="phase-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      aria-valuetext={[text.amount, text.pace].filter(Boolean).join(". ")}
      data-unknown={share === undefined || undefined}
      data-halted={halted || undefined}
    >
      <span style={{ scale: `${share ?? 1} 1` }} />
    </span>
  );
}
