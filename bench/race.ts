// Times contestants in turn (A B A B ...) in one process, so that load and heat fall on all alike.
import { median } from "./case.ts";

/** One round of a contestant. A child process measures itself and returns its times; others are timed here. */
export type Contestant = () => Promise<Times | void> | Times | void;

export interface Times {
  readonly wallMs: number;
  readonly cpuMs: number; // of all threads of the process; under load steadier than wall time
}

export interface Medians extends Times {
  readonly rounds: number;
}

/** Medians over `rounds`, after `warmUps` rounds that do not count (compilation, first allocation). */
export async function race<const K extends string>(
  contestants: Record<K, Contestant>,
  rounds: number,
  warmUps = 1,
): Promise<Record<K, Medians>> {
  const names = Object.keys(contestants) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as Times[]])) as Record<K, Times[]>;
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const times = await timesOf(contestants[name]);
      if (round >= 0) taken[name].push(times);
    }
  }
  const medians = names.map((name) => [
    name,
    {
      wallMs: median(taken[name].map(({ wallMs }) => wallMs)),
      cpuMs: median(taken[name].map(({ cpuMs }) => cpuMs)),
      rounds,
    },
  ]);
  return Object.fromEntries(medians) as Record<K, Medians>;
}

/** What `work` took, or what it says that it took. */
export async function timesOf(work: Contestant): Promise<Times> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const own = await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return own ?? { wallMs, cpuMs: (user + system) / 1000 };
}

/** "wall 101 ms, CPU 98 ms, median of 5" */
export function describeTimes({ wallMs, cpuMs, rounds }: Medians): string {
  return `wall ${wallMs.toPrecision(3)} ms, CPU ${cpuMs.toPrecision(3)} ms, median of ${rounds}`;
}
