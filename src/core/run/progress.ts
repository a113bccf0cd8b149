// How far a run's phases are: plain data for every layer. Measures nothing.

/** "parent": the steps of the run that this one branched off, trained again. "teacher": texts that the teacher reads.
 * "encode": texts of an evaluation set that the encoder reads, before "evaluate" ranks them. */
export type Phase =
  "encoder" | "download" | "tokenise" | "compile" | "teacher" | "parent" | "train" | "encode" | "evaluate";

/** How far one phase is. Rate and time left are derived by whoever draws it; total 0 = not known yet. */
export interface RunProgress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "texts" | "steps" | "queries" | "parts";
}
