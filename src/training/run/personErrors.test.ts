// What a person's input can bring about is an InputError, wherever it is found: both borders then tell it as such.
import { expect, it } from "vitest";
import { parsePins } from "../../core/data/downloadPins.ts";
import { InputError } from "../../core/inputError.ts";
import { buildPairTable } from "../../core/plan/pairTable.ts";
import { createBestCandidates } from "../../core/trec/bestCandidates.ts";
import { parseMeasure } from "../../core/trec/measureNames.ts";
import { trecMeasures } from "../../core/trec/trecMeasures.ts";
import { formatRun } from "../../core/trec/writeTrec.ts";
import { checkEncoderConfig } from "../model/encoderConfig.ts";
import { place } from "../pool/conceptMap.ts";
import { tinyConfig } from "../../testing/engine/modelSuite.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { distillationPoint } from "./lossPoints.ts";

const batch = { step: 4, kind: "mono", languages: ["en"], rows: [] } as const;
const lists = new Map([["q1", { ids: ["p"], scores: Float32Array.of(1) }]]);

it.each<[string, () => unknown, string]>([
  [
    "a learning rate at which training diverges",
    () => distillationPoint(batch, Float32Array.of(NaN)),
    "training diverged at step 5",
  ],
  [
    "weights that hold NaN, or training that ended with them",
    () => createBestCandidates(1, Int32Array.of(0)).offer(0, NaN),
    "The score of passage 0 is not a number: training diverged, or the encoder’s weights hold such numbers",
  ],
  [
    "a pooling that the encoder's shape does not allow",
    () => checkEncoderConfig(tinyConfig({ layers: 0, pooling: "cls" })),
    'encoder.pooling must be "mean" with 0 layers',
  ],
  [
    "a training language without a pair",
    () => buildPairTable(smallCorpus({ languages: ["de", "en"], nConcepts: 4 }), ["fr"]),
    'languages.train: small has no training pair in "fr"',
  ],
  [
    "a map of equal vectors",
    () => place([Float32Array.of(1)], [Float32Array.of(1)]),
    "all vectors are alike",
  ],
  ["a measure that nobody knows", () => parseMeasure("mape"), 'unknown measure "mape"'],
  ["a measure's cut", () => parseMeasure("P@x"), "the cut must be an integer >= 1"],
  [
    "a run of another query set",
    () => trecMeasures({ tag: "t", lists }, new Map([["q2", new Map([["p", 1]])]])),
    "no query of the run (1) is in the qrels (1)",
  ],
  [
    "an id with white space in a TREC file",
    () => formatRun({ queryId: "q 1", passageIds: [], scores: [] }, "t"),
    'query id "q 1" must hold none',
  ],
  ["a damaged list of pins", () => parsePins("{", "a.pins.json"), "a.pins.json: is damaged; delete it"],
])("%s", (_, act, message) => {
  expect(act).toThrow(InputError);
  expect(act).toThrow(message);
});
