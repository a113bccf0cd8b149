// What tells the trainers' runs of studies from those of the list: in snapshots and locks.

/** Ids of studies begin so; no run of the list does. */
export const STUDY_PREFIX = "study-";

/** Under which trainer and snapshots know a run of a study. */
export const studyRunId = (studyId: string, key: string): string => `${studyId}.${key}`;
