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
const NAME = /^lab-bench-(\d+)$/; // of a group: whose it is

/** @returns the function that lets them go, which the end of this process calls, too; undefined where nobody may set a quota */
export function holdTo(share: number, processIds: readonly number[]): (() => void) | undefined {
  for (const { root, files } of VERSIONS) {
    const folder = path.join(root, `lab-bench-${process.pid}`);
    const letGo = () => empty(folder, root);
    try {
      removeLeft(root);
      mkdirSync(folder);
      for (const [name, text] of Object.entries(files(Math.round(share * PERIOD_US))))
        writeFileSync(path.join(folder, name), text);
      for (const id of processIds) enter(folder, id);
      if (membersOf(folder).length === 0) throw new Error("nobody is held");
      process.once("exit", letGo);
      return letGo;
    } catch {
      letGo();
    }
  }
  return undefined;
}

/** Groups of benches that were killed. */
function removeLeft(root: string): void {
  for (const name of readdirSync(root)) {
    const owner = NAME.exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) empty(path.join(root, name), root);
  }
}

/** Of a group, or of nobody where it is gone. */
function membersOf(folder: string): number[] {
  const list = path.join(folder, "cgroup.procs");
  return existsSync(list) ? readFileSync(list, "utf8").split("\n").filter(Boolean).map(Number) : [];
}

function enter(folder: string, id: number): void {
  try {
    writeFileSync(path.join(folder, "cgroup.procs"), String(id));
  } catch (error) {
    if (existsSync(`/proc/${id}`)) throw error; // else it ended meanwhile
  }
}

const ROUNDS = 20; // processes that are started meanwhile are members, too

function empty(folder: string, root: string): void {
  for (let round = 0; round < ROUNDS && existsSync(folder); round++)
    try {
      for (const id of membersOf(folder)) enter(root, id);
      rmdirSync(folder);
    } catch {
      // once more
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
