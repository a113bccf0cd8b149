import { expect, it } from "vitest";
import { measurePace } from "./measurePace.ts";

it("is the time of its pieces, without what the page does between them and without the first", async () => {
  let ms = 0;
  let looks = 0;
  const pace = await measurePace({
    nowMs: () => {
      looks++;
      const [piece, isEnd] = [Math.ceil(looks / 2), looks % 2 === 0];
      if (isEnd) ms += piece === 1 ? 900 : 25; // the first is compiled
      return ms;
    },
    breathe: () => Promise.resolve(void (ms += 50)),
  });
  expect(pace).toBe((12 * 25) / 100);
});
