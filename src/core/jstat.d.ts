// The part of jstat that is used; the package comes without types, and in Node with a default only.
declare module "jstat" {
  interface Distribution {
    cdf(x: number, ...parameters: number[]): number;
    inv(p: number, ...parameters: number[]): number;
  }
  const jStat: { readonly studentt: Distribution; readonly centralF: Distribution };
  export = jStat;
}
