// When a worker counts as dead: by ticks that were lived through without a word, never by the clock.
import { expect, it } from "vitest";
import { LOADING_TICKS, SILENT_TICKS, watchSilence } from "./silence.ts";

function watched(patience?: () => number) {
  let speak: (spareSeconds: number) => void = () => undefined;
  let tick = () => {};
  let pings = 0;
  const silent: { seconds: number; hadSpoken: boolean }[] = [];
  const watch = watchSilence(
    { ping: () => void pings++, onHeard: (listener) => void (speak = listener) },
    (next) => {
      tick = next;
      return () => void (tick = () => {});
    },
    (after) => silent.push(after),
    patience,
  );
  const ticks = (n: number) => {
    for (let i = 0; i < n; i++) tick();
  };
  return { watch, silent, ticks, heard: (spareSeconds = 0) => speak(spareSeconds), pings: () => pings };
}

it("asks at every tick, and is told once after so many without an answer", () => {
  const { ticks, heard, silent, pings } = watched();
  heard();
  ticks(SILENT_TICKS - 1);
  expect([pings(), silent]).toEqual([SILENT_TICKS - 1, []]);
  ticks(3);
  expect(silent).toEqual([{ seconds: SILENT_TICKS, hadSpoken: true }]);
});

it("waits as many times as long as the device takes, once that is known", () => {
  let slowness = 1;
  const { ticks, heard, silent } = watched(() => slowness);
  heard();
  ticks(SILENT_TICKS - 1);
  slowness = 3;
  ticks(2 * SILENT_TICKS);
  expect(silent).toEqual([]);
  ticks(1);
  expect(silent).toEqual([{ seconds: 3 * SILENT_TICKS, hadSpoken: true }]);
});

it("counts anew from every word", () => {
  const { ticks, heard, silent } = watched();
  for (let i = 0; i < 5; i++) {
    heard();
    ticks(SILENT_TICKS - 1);
  }
  expect(silent).toEqual([]);
});

it("gives a computation the time that was announced, and only that one", () => {
  const { ticks, heard, silent } = watched();
  heard(32);
  ticks(32 + SILENT_TICKS - 1);
  expect(silent).toEqual([]);
  heard(0);
  ticks(SILENT_TICKS);
  expect(silent).toHaveLength(1);
});

it("waits longer for one whose files are being loaded, also the next one", () => {
  const { watch, ticks, heard, silent } = watched();
  ticks(LOADING_TICKS - 1);
  heard();
  ticks(SILENT_TICKS);
  expect(silent).toEqual([{ seconds: SILENT_TICKS, hadSpoken: true }]);
  watch.again();
  ticks(LOADING_TICKS - 1);
  expect(silent).toHaveLength(1);
  ticks(1);
  expect(silent[1]).toEqual({ seconds: LOADING_TICKS, hadSpoken: false });
});

it("is over with its end", () => {
  const { watch, ticks, heard, silent } = watched();
  heard();
  watch.end();
  ticks(2 * SILENT_TICKS);
  expect(silent).toEqual([]);
});
