// Holds processes to a share of one core by a quota of the system's (cgroups, version 1 or 2), which counts all their threads:
// workers, too, which a browser's own throttle leaves alone. Linux, as root.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const PERIOD_US = 100_000;
/** Where groups are made, and what a group's files say of a quota. */
const VERSIONS = [
  {
    root: "/sys/fs/cgroup/cpu",
    files: (quota: number) => ({ "cpu.cfs_period_us": `${PERIOD_US}`, "cpu.cfs_quota_us": `${quota}` }),
  },
  { root: "/sys/fs/cgroup", files: (quota: number) => ({ "cpu.max": `${quota} ${PERIOD_US}` }) },
];

/** @returns the function that lets them go; undefined where the system lets nobody set a quota */
export function holdTo(share: number, processIds: readonly number[]): (() => void) | undefined {
  for (const { root, files } of VERSIONS) {
    const folder = path.join(root, `lab-bench-${process.pid}`);
    try {
      mkdirSync(folder);
      for (const [name, text] of Object.entries(files(Math.round(share * PERIOD_US))))
        writeFileSync(path.join(folder, name), text);
      for (const id of processIds) enter(folder, id);
      return () => leave(folder, root);
    } catch {
      if (existsSync(folder)) leave(folder, root);
    }
  }
  return undefined;
}

const enter = (folder: string, id: number) => writeFileSync(path.join(folder, "cgroup.procs"), String(id));

function leave(folder: string, root: string): void {
  try {
    for (const id of readFileSync(path.join(folder, "cgroup.procs"), "utf8").split("\n").filter(Boolean))
      enter(root, Number(id));
    rmdirSync(folder);
  } catch {
    // a process ended on the way: the folder stays, empty
  }
}

/** A process and all that it started, and they in turn. */
export function familyOf(processId: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)))
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // ended meanwhile
    }
  const family = [processId];
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}
