// What the store of studies holds and can do, and what its parts share. Changes nothing.
import type { RecordFile } from "../../core/export/recordJson.ts";
import type { Study } from "../../core/study/study.ts";
import type { OtherWork } from "../runs/runsState.ts";
import type { Tabs } from "../run/tabs.ts";
import type { HeldStudy } from "./heldStudy.ts";
import type { Lane } from "./lane.ts";
import type { StudyStorage } from "./studyStorage.ts";

export interface UnreadableStudy {
  readonly id: string;
  readonly reason: string; // one sentence
}

export interface StudiesState {
  readonly studies: readonly HeldStudy[]; // as they were added: the first that has something to do is at work
  readonly unreadable: readonly UnreadableStudy[];
  readonly storage: "unopened" | "opening" | "open";
  /** The one that the view shows. */
  readonly shownId?: string | undefined;
  /** Trainers at work side by side. */
  readonly beside: number;
  /** One sentence that a person should read. */
  readonly notice?: string | undefined;

  /** Reads the studies of earlier visits, and goes on with those that were not paused; later calls do nothing. */
  open(): Promise<void>;
  /** Queues all runs of a study, shows it, and begins when the device is free. @returns its id */
  add(study: Study): Promise<string>;
  show(id: string | undefined): void;
  /** Ends its trainers, with a snapshot of what they train: the device is free for others. */
  pause(id: string): Promise<void>;
  goOn(id: string): void;
  /** @param by -1: one earlier, 1: one later; "first" */
  move(id: string, key: string, by: "first" | -1 | 1): void;
  drop(id: string, key: string): void;
  /** One that was dropped or failed, to the end of the line. */
  putBack(id: string, key: string): void;
  /** More seeds in every cell, after those that there are: looking at them is a look more. */
  addSeeds(id: string, count: number): void;
  remove(id: string): Promise<void>;
  removeUnreadable(id: string): void;
  /** Reads studies again that a restored backup wrote to; those at work here have their own queue and stay. */
  takeIn(ids: readonly string[]): Promise<void>;
  /** A run's record as a run.json has it. @throws Error with one sentence where it cannot be read */
  recordOf(id: string, key: string): Promise<RecordFile>;
  dismissNotice(): void;
}

/** The device, which runs of the list have, too. */
export interface Turn {
  /** As `RunsState.occupy`. */
  occupy(work: OtherWork): boolean;
  vacate(): void;
  /** Whether a run of the list waits for it. */
  isWanted(): boolean;
  /** Told when no run of the list has it, nor waits for it. */
  onFree(listener: () => void): void;
}

export interface StudiesDeps {
  readonly openStorage: () => Promise<StudyStorage>;
  /** @param threads that its products may take; left out: as many as the device has */
  readonly openLane: (threads?: number) => Lane;
  /** How many trainers the machine has room for. */
  readonly besideFor: (study: Study) => number;
  readonly turn: Turn;
  /** Removes the snapshots of studies' runs that nobody needs any more. */
  readonly sweepSnapshots: (isNeeded: (runId: string) => boolean) => Promise<void>;
  /** Undefined while another tab holds it. */
  readonly takeLock: (id: string) => Promise<(() => void) | undefined>;
  readonly whenFree: (id: string) => Promise<void>;
  readonly tabs: Tabs;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/** What each part of the store works with. */
export interface StudiesContext {
  readonly deps: StudiesDeps;
  getState(): StudiesState;
  setState(part: Partial<StudiesState>): void;
  find(id: string | undefined): HeldStudy | undefined;
  change(id: string, update: (held: HeldStudy) => HeldStudy): void;
  /** The same, and it is written. */
  changeKept(id: string, update: (held: HeldStudy) => HeldStudy): void;
  storage(): StudyStorage | undefined;
  /** Reads it again: another tab was at it. */
  reread(id: string): Promise<void>;
}
