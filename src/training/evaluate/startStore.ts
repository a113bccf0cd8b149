// Where evaluations before training are kept between runs, by the hash of what they hang on. Parses nothing.

export interface StartStore {
  /** @returns undefined where there is none of that key */
  read(key: string): Promise<string | undefined>;
  /** Keeps it, and lets go of the oldest where there are too many. */
  write(key: string, text: string): Promise<void>;
}
