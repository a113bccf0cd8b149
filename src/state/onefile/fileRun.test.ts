// The run of a file that trains: begun, followed, stopped, and begun again after a crash.
import { expect, it } from "vitest";
import { allPoints } from "../../core/record/pointColumns.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { createFakeLab, type FakeLab } from "../../testing/fakeLab.ts";
import { testRecord } from "../../testing/testRecord.ts";
import { detailOf } from "../run/run.ts";
import { createFileRun } from "./fileRun.ts";

const COURSE = { spec: DEFAULT_SPEC, stopAt: 3 };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function opened() {
  const labs: FakeLab[] = [];
  const run = createFileRun(
    () => {
      const lab = createFakeLab();
      labs.push(lab);
      return lab.client;
    },
    () => 0,
  );
  const asked = (n: number) => labs[n]!.asked.map(({ name }) => name).filter((name) => name !== "connect");
  return { run, labs, asked };
}

it("asks its workers for what the file says, and keeps what they tell of it", async () => {
  const { run, labs } = opened();
  expect(labs).toHaveLength(0);
  run.start(COURSE);
  await settled();
  expect(labs[0]!.asked.at(-1)).toEqual({
    name: "start",
    params: { spec: DEFAULT_SPEC, stopAt: 3, runId: "1", paused: false },
  });
  const points = [{ step: 0, metric: "map/multi", value: 0.5 }];
  labs[0]!.tell({ type: "points", runId: "another", points });
  labs[0]!.tell({ type: "points", runId: "1", points });
  labs[0]!.tell({ type: "finished", runId: "1", reason: "completed", record: testRecord });
  await settled();
  const { run: now } = run.getState();
  expect([...allPoints(detailOf(now).points)]).toEqual(points);
  expect([now?.status, now?.digest]).toEqual(["finished", testRecord.digest]);
  run.start(COURSE);
  const { run: next } = run.getState();
  expect([next?.id, next?.status, detailOf(next).points.size]).toEqual(["2", "preparing", 0]);
  expect(labs).toHaveLength(1);
});

it("is stopped with an evaluation, and at once where that is asked again", async () => {
  const { run, asked } = opened();
  run.stop();
  run.start(COURSE);
  run.stop();
  await settled();
  expect(asked(0)).toEqual(["start", "stop"]);
  run.stop();
  await settled();
  expect(run.getState().run).toMatchObject({
    status: "failed",
    error: { message: "It was ended at your wish" },
  });
});

it("says that its workers died, and starts new ones", async () => {
  const { run, labs } = opened();
  run.start(COURSE);
  labs[0]!.crash("A worker of the lab stopped");
  await settled();
  expect(run.getState().run).toMatchObject({
    status: "failed",
    error: { message: "A worker of the lab stopped" },
  });
  expect(labs[0]!.disposed()).toBe(true);
  run.start(COURSE);
  await settled();
  expect(labs).toHaveLength(2);
});
