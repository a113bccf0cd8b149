// What a link says of how its result came about, as one value and back: lab, arithmetic and device, hashes of what went in,
// digests of what came out part by part. Compares nothing, hashes nothing.

/** Hex digits of each hash and digest: 40 bits, so that two differ by chance once in a million millions; who searches finds two. */
export const SHORT_DIGITS = 10;
export const SHORT_BITS = 4 * SHORT_DIGITS;

/** How far another device may be off and still reproduce (repeatWords.ts): raised when the metric table's tolerances change. */
export const TOLERANCE_CLASS = 1;

export interface ExpectedMade {
  readonly lab: string; // its version, as `labSlug` has it
  readonly arithmetic: number;
  readonly device: string; // as `deviceSlug` has it
  readonly data: readonly string[]; // of training; then of the evaluation, where that is another set
  readonly encoder: string; // its tokenizer in it
  readonly tokenizer?: string; // records of older labs do not say it
  readonly teacher?: string;
  readonly plan: string;
  readonly losses: string;
  readonly metrics: string; // of the last evaluation
  readonly loss?: number; // mean over all batches, where there was one
  readonly tolerance: number; // class
}

const MOST = { lab: 24, device: 60 } as const; // characters

/** Small letters, digits, "." and "-" only: mail programs leave such words alone. */
const slug = (text: string, most: number): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, most) || "unknown";

/** An adapter as a word of a link: "wasm SIMD FMA, 4 threads" -> "wasm-simd-fma". Threads make no other class (maker.ts). */
export const deviceSlug = (adapter: string): string =>
  slug(adapter.replace(/, \d+ threads?$/, ""), MOST.device);

export const labSlug = (version: string): string => slug(version, MOST.lab);

/** "0.3.0,2,wasm-simd-fma:DATA,DATA:ENCODER,TOKENIZER,TEACHER:PLAN,LOSSES,METRICS:2.3456,1"; "-" for what is not known. */
export function formatMade(made: ExpectedMade): string {
  const { lab, arithmetic, device, data, encoder, tokenizer = "-", teacher, loss } = made;
  const lists = [
    [lab, String(arithmetic), device],
    data,
    [encoder, tokenizer, ...(teacher === undefined ? [] : [teacher])],
    [made.plan, made.losses, made.metrics],
    [loss === undefined ? "-" : loss.toFixed(4), String(made.tolerance)],
  ];
  return lists.map((list) => list.join(",")).join(":");
}

const H = `[0-9a-f]{${SHORT_DIGITS}}`;
const MADE = new RegExp(
  `^([a-z0-9.-]{1,${MOST.lab}}),(\\d{1,6}),([a-z0-9.-]{1,${MOST.device}})` +
    `:(${H}(?:,${H})?):(${H}),(${H}|-)(?:,(${H}))?:(${H}),(${H}),(${H}):(\\d{1,9}\\.\\d{4}|-),(\\d{1,3})$`,
);

/** @returns undefined where it is not as `formatMade` writes it */
export function parseMade(text: string): ExpectedMade | undefined {
  const found = text.length > 400 ? null : MADE.exec(text.toLowerCase());
  if (!found) return undefined;
  const [lab, arithmetic, device, data, encoder, tokenizer, teacher] = found.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string | undefined,
  ];
  const [plan, losses, metrics, loss, tolerance] = found.slice(8) as [string, string, string, string, string];
  return {
    lab,
    arithmetic: Number(arithmetic),
    device,
    data: data.split(","),
    encoder,
    ...(tokenizer !== "-" && { tokenizer }),
    ...(teacher !== undefined && { teacher }),
    plan,
    losses,
    metrics,
    ...(loss !== "-" && { loss: Number(loss) }),
    tolerance: Number(tolerance),
  };
}
