// Float32 to IEEE 754 binary16, exactly as hardware rounds. Decides nothing about files.

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Bits of the half nearest to a float32, ties to even; beyond 65,504 and its rounding, infinity. NaN stays NaN. */
export function halfBits(value: number): number {
  float[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const size = bits[0]! & 0x7fff_ffff;
  if (size > 0x7f80_0000) return sign | 0x7e00; // NaN
  if (size >= 0x4780_0000) return sign | 0x7c00; // 65,536 and more
  if (size >= 0x3880_0000) {
    // A normal half: other bias, 13 bits of the fraction fewer. A carry out of the fraction raises the exponent.
    return sign | rounded(size - 0x3800_0000, 13);
  }
  // A subnormal half counts units of 2^-24, so its fraction loses one more bit for each power below 2^-14.
  const lost = 126 - (size >>> 23);
  return lost > 24 ? sign : sign | rounded((size & 0x7f_ffff) | 0x80_0000, lost);
}

/** x / 2^lost to the nearest whole number, ties to even. lost in [1, 24] */
function rounded(x: number, lost: number): number {
  const kept = x >>> lost;
  const rest = x & ((1 << lost) - 1);
  const half = 1 << (lost - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
