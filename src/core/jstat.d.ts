// The part of jstat that is used; the package comes without types.
declare module "jstat" {
  interface Distribution {
    cdf(x: number, ...parameters: number[]): number;
    inv(p: number, ...parameters: number[]): number;
  }
  export const jStat: { readonly studentt: Distribution; readonly centralF: Distribution };
}
