// Which device and which arithmetic made a record, as far as it decides whether equal bits may be asked for.
import type { RunRecord } from "./runRecord.ts";

type Maker = Pick<RunRecord["environment"], "backend" | "adapter" | "versions" | "arithmetic">;

/**
 * True if equal bits may be asked for: the same arithmetic on the same device, whatever the versions of the lab. Threads
 * share the rows of products and no sum, so their number is no matter.
 */
export const isSameMaker = (a: Maker, b: Maker): boolean => makerName(a) === makerName(b);

/** Equal for makers of whom equal bits may be asked. */
export const makerName = (maker: Maker): string =>
  `${arithmeticOf(maker)} ${maker.backend}: ${maker.adapter.replace(/, \d+ threads?$/, "")}`;

/** What `makerName` says, taken apart; undefined where it is no such name. */
export function namedMaker(name: string): Required<Omit<Maker, "versions">> | undefined {
  const [, arithmetic, backend, adapter] = /^(\d{1,6}) (webgpu|wasm|cpu): (.*)$/s.exec(name) ?? [];
  if (adapter === undefined) return undefined;
  return { arithmetic: Number(arithmetic), backend: backend as Maker["backend"], adapter };
}

/** Records that do not say it are of 0.1, which was 1, or of 0.2. */
export const arithmeticOf = ({ arithmetic, versions }: Pick<Maker, "arithmetic" | "versions">): number =>
  arithmetic ?? (versions["lab"]?.startsWith("0.2.") ? 2 : 1);

/** What an adapter on wasm is called where products are fused; its bits are then not those of wasm without (ADR 17). */
export const FUSED_WASM = "wasm SIMD FMA";

/** Whether a device of this name fuses products. Of wasm alone: what a GPU does is its own affair. */
export const fusesProducts = ({ adapter }: Pick<Maker, "adapter">): boolean => adapter.startsWith(FUSED_WASM);

/** Who trained a run, by what its record calls the device; undefined where the lab did. */
export const engineName = (device: { readonly adapter: string } | undefined): string | undefined =>
  device?.adapter.startsWith("sentence-transformers") ? device.adapter : undefined;
