// Packs bytes or text as gzip, in browsers and in Node. Reads none.

export const gzipped = (part: BlobPart): Promise<Blob> =>
  new Response(new Blob([part]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
