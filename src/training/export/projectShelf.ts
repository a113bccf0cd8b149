// Files of an exported project: what several runs have alike stands there once. Writes no disk.
import { sha256Hex } from "../data/shardSource.ts";

export type Files = Map<string, Uint8Array>;

export interface ProjectShelf {
  readonly files: Files;
  /**
   * @param key equal for equal contents @param wish what they are called; others of that name get a number behind it
   * @param make the contents, by what stands behind that name; asked for once a key
   * @returns their name
   */
  place(key: string, wish: string, make: () => Promise<ReadonlyMap<string, Uint8Array>>): Promise<string>;
  /** sha256 of the files that were placed under this name. */
  hashes(name: string): Readonly<Record<string, string>>;
}

export function createProjectShelf(): ProjectShelf {
  const files: Files = new Map();
  const names = new Map<string, string>(); // by key
  const hashes = new Map<string, Readonly<Record<string, string>>>();
  return {
    files,
    async place(key, wish, make) {
      const known = names.get(`${wish} ${key}`);
      if (known !== undefined) return known;
      const alike = [...names.keys()].filter((one) => one.startsWith(`${wish} `)).length;
      const name = alike === 0 ? wish : `${wish}-${alike + 1}`;
      names.set(`${wish} ${key}`, name);
      const own: Record<string, string> = {};
      for (const [end, content] of await make()) {
        files.set(name + end, content);
        own[name + end] = sha256Hex(content);
      }
      hashes.set(name, own);
      return name;
    },
    hashes: (name) => hashes.get(name) ?? {},
  };
}
