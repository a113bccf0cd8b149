// Ways to damage a file, for fast-check: what a cut download, a bad disk or an editor may leave. Knows no format.
import fc from "fast-check";

/** One way to damage bytes; positions are fractions, so that they fit any file. */
interface Damage {
  readonly kind: "flip" | "cut" | "drop" | "repeat" | "insert";
  readonly at: number;
  readonly size: number;
  readonly noise: Uint8Array;
}
export const damage = fc.record<Damage>({
  kind: fc.constantFrom("flip", "cut", "drop", "repeat", "insert"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.nat(40),
  noise: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
    fc
      .constantFrom(
        "\n",
        "\t",
        '"',
        "{}",
        "null",
        "NaN",
        "\u0000",
        "1e999",
        "-1",
        "[[",
        ",,",
        "<tu>",
        "\r\n",
        "\ufeff",
      )
      .map((text) => new TextEncoder().encode(text)),
  ),
});

/** @returns a copy */
export function damagedBytes(original: Uint8Array, { kind, at, size, noise }: Damage): Uint8Array {
  const from = Math.floor(at * original.length);
  const parts = {
    flip: [original.slice(0, from), noise, original.slice(from + noise.length)],
    cut: [original.slice(0, from)],
    drop: [original.slice(0, from), original.slice(from + size)],
    repeat: [original.slice(0, from), original.slice(from, from + size), original.slice(from)],
    insert: [original.slice(0, from), noise, original.slice(from)],
  }[kind];
  return new Uint8Array(Buffer.concat(parts));
}
