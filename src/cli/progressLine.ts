// How far a command is: a bar on a terminal, plain lines elsewhere, notes only with --quiet. Writes to stderr only.
import { visibleText } from "../core/visibleText.ts";
import type { RunProgress } from "../core/run/progress.ts";

/** A run's progress, or that of other work with phases of its own. */
type Shown = Omit<RunProgress, "phase"> & { readonly phase: string };

export interface ProgressLine {
  show(progress: Shown): void;
  /** A line of its own; the bar is drawn again below it. */
  say(message: string): void;
  /** As `say`, with --quiet too: what changes the meaning of a result. */
  note(message: string): void;
  end(): void;
}

const WIDTH = 28;
const EVERY_MS = 100;
const PLAIN_EVERY_MS = 10_000;

export function createProgressLine(out: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  const write = (message: string) => void out.write(`${visibleText(message)}\n`);
  if (quiet) return { show: () => undefined, say: () => undefined, note: write, end: () => undefined };
  const bar = out.isTTY;
  let phase = "";
  let first = 0; // done when the phase was first heard of
  let phaseStartMs = 0;
  let lastMs = 0;
  const clear = () => (bar ? out.write("\r\x1b[K") : undefined);
  const say = (message: string) => {
    clear();
    write(message);
  };
  return {
    show(progress) {
      const nowMs = performance.now();
      if (progress.phase !== phase) {
        phase = progress.phase;
        first = progress.done;
        phaseStartMs = nowMs;
        lastMs = bar ? 0 : nowMs;
      }
      const { done, total } = progress;
      const isOver = total > 0 && done >= total;
      if (!isOver && nowMs - lastMs < (bar ? EVERY_MS : PLAIN_EVERY_MS)) return;
      if (!bar && isOver && nowMs - phaseStartMs < 1000) return; // short phases make no line in a log
      lastMs = nowMs;
      const text = describeProgress(progress, (nowMs - phaseStartMs) / 1000, first);
      if (bar) out.write(`\r\x1b[K${drawBar(done, total)} ${text}`);
      else out.write(`${text}\n`);
    },
    say,
    note: say,
    end: () => void clear(),
  };
}

function drawBar(done: number, total: number): string {
  const full = total > 0 ? Math.round((WIDTH * Math.min(done, total)) / total) : 0;
  return `${"█".repeat(full)}${"░".repeat(WIDTH - full)}`;
}

/**
 * "train 120/300 steps, 41.2 steps/s, 4 s left"
 * @param first done before the seconds began
 */
function describeProgress({ phase, done, total, unit }: Shown, seconds: number, first: number): string {
  const scale = unit === "bytes" ? 2 ** 20 : 1;
  const name = unit === "bytes" ? "MiB" : unit;
  const show = (n: number) => (unit === "bytes" ? (n / scale).toFixed(1) : String(n));
  const rate = seconds > 0 ? (done - first) / seconds : 0;
  const left = rate > 0 && total > done ? `, ${Math.ceil((total - done) / rate)} s left` : "";
  const speed = rate > 0 ? `, ${(rate / scale).toFixed(1)} ${name}/s` : "";
  return `${phase} ${show(done)}/${total > 0 ? show(total) : "?"} ${name}${speed}${left}`;
}
