import { expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { sameTest } from "./sameTest.ts";

it("asks for equal data, split and pool of the test, not of the training", () => {
  const { environment, final, spec } = testRecord;
  const more = { ...environment.dataSha256, other: "d".repeat(64) };
  expect(sameTest(testRecord, { ...testRecord, environment: { ...environment, dataSha256: more } })).toBe(
    true,
  );
  const changed = { "cldr-emoji": "d".repeat(64) };
  expect(sameTest(testRecord, { ...testRecord, environment: { ...environment, dataSha256: changed } })).toBe(
    false,
  );
  expect(sameTest(testRecord, { ...testRecord, final: { ...final, pool: 13 } })).toBe(false);
  const dev = { ...spec, data: { ...spec.data, split: "dev" as const } };
  expect(sameTest(testRecord, { ...testRecord, spec: dev })).toBe(false);
});
