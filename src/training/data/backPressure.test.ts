// No item passes without credit, none is lost, and the generator is always closed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pumpWithCredits } from "./backPressure.ts";

/** Counts up to `n`, remembering how far it was pulled and whether it was closed. */
function counter(n: number) {
  const state = { pulled: 0, closed: false };
  async function* count() {
    try {
      while (state.pulled < n) yield await Promise.resolve(state.pulled++);
    } finally {
      state.closed = true;
    }
  }
  return { state, generator: count() };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("pumpWithCredits", () => {
  it("sends as many items as credits, pulls no further, and goes on at the next grant", async () => {
    const { state, generator } = counter(10);
    const sent: number[] = [];
    const pump = pumpWithCredits(generator, (i) => void sent.push(i), 3);
    await settle();
    expect(sent).toEqual([0, 1, 2]);
    expect(state.pulled).toBe(3);
    pump.grant(2);
    await settle();
    expect(sent).toEqual([0, 1, 2, 3, 4]);
    pump.grant(100);
    await pump.done;
    expect(sent).toHaveLength(10);
    expect(state.closed).toBe(true);
  });

  it("never has more items out than granted, whatever the grants", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(5),
        fc.array(fc.nat(4), { maxLength: 8 }),
        fc.nat(20),
        async (first, grants, n) => {
          const { generator } = counter(n);
          let sent = 0;
          let granted = first;
          const pump = pumpWithCredits(
            generator,
            () => void expect(++sent).toBeLessThanOrEqual(granted),
            first,
          );
          for (const grant of grants) {
            await Promise.resolve();
            granted += grant;
            pump.grant(grant);
          }
          granted += n + 1;
          pump.grant(n + 1);
          await pump.done;
          expect(sent).toBe(n);
        },
      ),
    );
  });

  it("awaits a sender that takes its time", async () => {
    let open = 0;
    const send = async () => {
      expect(++open).toBe(1);
      await settle();
      open--;
    };
    await pumpWithCredits(counter(3).generator, send, 10).done;
  });

  it("stops while it waits for credit, and closes the generator", async () => {
    const { state, generator } = counter(10);
    const pump = pumpWithCredits(generator, () => undefined, 1);
    await settle();
    pump.stop();
    await pump.done;
    expect(state).toEqual({ pulled: 1, closed: true });
  });

  it("rejects with the generator's error or the sender's, and closes the generator", async () => {
    const failing = (async function* (): AsyncGenerator<number> {
      await Promise.reject(new Error("cut download"));
    })();
    await expect(pumpWithCredits(failing, () => undefined, 1).done).rejects.toThrow("cut download");
    const { state, generator } = counter(3);
    const send = () => Promise.reject(new Error("port closed"));
    await expect(pumpWithCredits(generator, send, 1).done).rejects.toThrow("port closed");
    expect(state.closed).toBe(true);
  });

  it("refuses credits that are no count", () => {
    expect(() => pumpWithCredits(counter(1).generator, () => undefined, -1)).toThrow("got -1");
    expect(() => pumpWithCredits(counter(1).generator, () => undefined, 0).grant(0.5)).toThrow("got 0.5");
  });
});
