// How many times a test of the lane "long" goes round (docs/testing.md): LAB_LONG=short asks for the short form.

/** @param short few enough for .ci/run; @param long for `npm run test:long`, minutes to hours */
export function rounds({ short, long }: { readonly short: number; readonly long: number }): number {
  return process.env["LAB_LONG"] === "short" ? short : long;
}
