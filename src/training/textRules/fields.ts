// Reads one part of a tokenizer.json, such as a normalizer: every field is one that is understood, or the part is refused.

export type Fields = Readonly<Record<string, unknown>>;

/** @throws Error in one sentence: place, what would be right, what is there */
export function refuse(path: string, expected: string, got: unknown): never {
  throw new Error(`tokenizer.json: ${path}: expected ${expected}, got ${shown(got)}`);
}

function shown(got: unknown): string | undefined {
  try {
    return JSON.stringify(got)?.slice(0, 60);
  } catch {
    return "lists or objects in one another, too deep to show";
  }
}

export interface PartReader {
  readonly type: string;
  readonly path: string;
  flag(name: string, unless?: boolean): boolean;
  text(name: string, unless?: string): string;
  whole(name: string, unless?: number): number;
  choice<T extends string>(name: string, options: readonly T[], unless?: T): T;
  list(name: string): readonly unknown[];
  /** The pattern of Replace and Split: exact text or a regular expression. */
  pattern(name: string): { readonly exact: string } | { readonly expression: string };
  has(name: string): boolean;
  /** A field that changes no piece. */
  ignore(...names: string[]): void;
  /** @throws Error naming a field that nobody asked for: it would change pieces without a word */
  end(): void;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readPart(value: unknown, path: string): PartReader {
  if (!isFields(value)) refuse(path, "an object with a type", value);
  const { type } = value;
  if (typeof type !== "string") refuse(`${path}.type`, "text", type);
  const known = new Set(["type"]);
  const at = (name: string) => `${path}.${name}`;
  const take = (name: string) => {
    known.add(name);
    return value[name] ?? undefined; // null is absence
  };
  const must = <T>(name: string, unless: T | undefined, expected: string): T =>
    unless === undefined ? refuse(at(name), expected, value[name]) : unless;
  return {
    type,
    path,
    flag(name, unless) {
      const got = take(name);
      if (got === undefined) return must(name, unless, "true or false");
      return typeof got === "boolean" ? got : refuse(at(name), "true or false", got);
    },
    text(name, unless) {
      const got = take(name);
      if (got === undefined) return must(name, unless, "text");
      return typeof got === "string" ? got : refuse(at(name), "text", got);
    },
    whole(name, unless) {
      const got = take(name);
      if (got === undefined) return must(name, unless, "a whole number from 1");
      return Number.isInteger(got) && (got as number) > 0
        ? (got as number)
        : refuse(at(name), "a whole number from 1", got);
    },
    choice(name, options, unless) {
      const got = take(name);
      if (got === undefined) return must(name, unless, `one of ${options.join(", ")}`);
      return (
        options.find((option) => option === got) ?? refuse(at(name), `one of ${options.join(", ")}`, got)
      );
    },
    list(name) {
      const got = take(name);
      return Array.isArray(got) ? (got as unknown[]) : refuse(at(name), "a list", got);
    },
    pattern(name) {
      const got = take(name);
      if (isFields(got) && typeof got["String"] === "string") return { exact: got["String"] };
      if (isFields(got) && typeof got["Regex"] === "string") return { expression: got["Regex"] };
      return refuse(at(name), '{"String": …} or {"Regex": …}', got);
    },
    has: (name) => value[name] !== undefined && value[name] !== null,
    ignore(...names) {
      for (const name of names) known.add(name);
    },
    end() {
      const odd = Object.keys(value).find((name) => !known.has(name));
      if (odd !== undefined)
        refuse(path, `no field "${odd}" in ${type}, which the lab does not know`, value[odd]);
    },
  };
}
