// Which device and which version made a record, as far as it decides whether equal bits may be asked for.
import type { RunRecord } from "./runRecord.ts";

type Maker = Pick<RunRecord["environment"], "backend" | "adapter" | "versions">;

/**
 * True if equal bits may be asked for: the same version of the lab on the same device. Threads share the rows of products
 * and no sum, so their number is no matter.
 */
export function isSameMaker(a: Maker, b: Maker): boolean {
  const nameOf = ({ backend, adapter, versions }: Maker) =>
    `${versions["lab"]} ${backend}: ${adapter.replace(/, \d+ threads?$/, "")}`;
  return nameOf(a) === nameOf(b);
}

/** What an adapter on wasm is called where products are fused; its bits are then not those of wasm without (ADR 17). */
export const FUSED_WASM = "wasm SIMD FMA";

/** Whether a device of this name fuses products. Of wasm alone: what a GPU does is its own affair. */
export const fusesProducts = ({ adapter }: Pick<Maker, "adapter">): boolean => adapter.startsWith(FUSED_WASM);
