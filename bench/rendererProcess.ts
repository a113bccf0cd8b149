// What a page costs, as the system says it of its process: memory and processor time. Opens no page.
import { readFileSync } from "node:fs";

/** A session with the browser, whoever opened it. */
export interface BrowserSession {
  send(method: "SystemInfo.getProcessInfo"): Promise<{
    readonly processInfo: readonly { readonly type: string; readonly id: number; readonly cpuTime: number }[];
  }>;
}

/** The page and its workers are threads of one process, which computes more than any other of the browser's pages. */
export async function busiestRenderer(session: BrowserSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return renderers.reduce((a, b) => (b.cpuTime > a.cpuTime ? b : a)).id;
}

export function residentMiB(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

/** What a process holds for itself, and its part of what it shares with others (the browser's own code). */
export function proportionalMiB(processId: number): number {
  const rollup = readFileSync(`/proc/${processId}/smaps_rollup`, "utf8");
  return Number(/Pss:\s+(\d+)/.exec(rollup)![1]) / 1024;
}

/** What nobody else has or could read again: Chromium's "private memory footprint", which its task manager shows. */
export function privateMiB(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, "utf8");
  const kib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]);
  return (kib("RssAnon") + kib("VmSwap")) / 1024;
}

/** User and system time of a process: fields 14 and 15 of proc(5)'s stat, in hundredths of a second. */
export function cpuMs(processId: number): number {
  const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
