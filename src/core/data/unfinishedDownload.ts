// A download that ended before its dataset was made, as the page is told of it. Reads no storage.

export interface UnfinishedDownload {
  readonly id: string; // of the dataset
  readonly bytes: number; // here, > 0
  readonly languages?: readonly string[]; // asked for; undefined: the whole set
}
