// What a tokenizer.json must hold before anything is built from it. Never segments text.

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  readonly normalized: boolean; // is found in normalised text
  readonly lstrip: boolean; // takes the spaces before it
  readonly rstrip: boolean; // and after it
}

export interface UnigramModel {
  readonly type: "Unigram";
  readonly vocab: readonly (readonly [piece: string, score: number])[]; // (V)
  readonly unk_id: number;
  readonly byte_fallback: boolean;
}

/** Models of rules, which the library runs. */
export interface RuleModel {
  readonly type: "WordPiece" | "BPE";
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges?: readonly (string | readonly [string, string])[]; // of BPE: "a b" or ["a", "b"]
}

/** The parts that are checked here; normalizer, pre-tokenizer, post-processor and decoder are the library's to know. */
export interface TokenizerFile {
  readonly normalizer: object | null;
  readonly pre_tokenizer: object | null;
  readonly post_processor: object | null;
  readonly decoder: object | null;
  readonly added_tokens: readonly AddedToken[];
  readonly model: UnigramModel | RuleModel;
}

type Fields = Readonly<Record<string, unknown>>;

const MAX_PIECES = 2 ** 22; // pieces are a list by id: one id of 100 million would take gigabytes

function fail(path: string, expected: string, got: unknown): never {
  throw new Error(`tokenizer.json: ${path}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 60)}`);
}
function fieldsAt(path: string, value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(path, "an object", value);
  return value as Fields;
}
function idAt(path: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0) fail(path, "a whole number from 0", value);
  if ((value as number) >= MAX_PIECES) fail(path, `a number below ${MAX_PIECES}`, value);
  return value as number;
}

/**
 * @param json the file's text, or what `JSON.parse` makes of it
 * @throws Error in one sentence, with the place in the file, if it is no tokenizer of a supported kind
 */
export function parseTokenizerFile(json: unknown): TokenizerFile {
  let value = json;
  if (typeof json === "string") {
    try {
      value = JSON.parse(json);
    } catch (error) {
      throw new Error(`tokenizer.json: not JSON: ${(error as Error).message}`, { cause: error });
    }
  }
  const file = fieldsAt("the whole", value);
  const part = (name: string): object | null => {
    if (file[name] === undefined || file[name] === null) return null;
    const fields = fieldsAt(name, file[name]);
    if (typeof fields["type"] !== "string") fail(`${name}.type`, "text", fields["type"]);
    return fields;
  };
  const added = file["added_tokens"] ?? [];
  if (!Array.isArray(added)) fail("added_tokens", "a list", added);
  return {
    ...file,
    normalizer: part("normalizer"),
    pre_tokenizer: part("pre_tokenizer"),
    post_processor: part("post_processor"),
    decoder: part("decoder"),
    added_tokens: added.map((token, i) => parseAddedToken(`added_tokens.${i}`, token)),
    model: parseModel(fieldsAt("model", file["model"])),
  };
}

function parseAddedToken(path: string, value: unknown): AddedToken {
  const token = fieldsAt(path, value);
  const { content, special = false } = token;
  if (typeof content !== "string" || content === "") fail(`${path}.content`, "text", content);
  if (typeof special !== "boolean") fail(`${path}.special`, "true or false", special);
  const [normalized, lstrip, rstrip] = [token["normalized"] ?? !special, token["lstrip"], token["rstrip"]];
  if (!special && token["single_word"] === true) {
    fail(`${path}.single_word`, "false: an added token is found inside words too", true);
  }
  const flags = { normalized: normalized === true, lstrip: lstrip === true, rstrip: rstrip === true };
  return { ...token, id: idAt(`${path}.id`, token["id"]), content, special, ...flags };
}

/** What the library would read as something else, or not at all. */
function checkMerges({ merges, dropout, continuing_subword_prefix: prefix }: Fields, vocab: Fields): void {
  if (!Array.isArray(merges)) fail("model.merges", "a list of pairs", merges);
  if (prefix) fail("model.continuing_subword_prefix", "none: the lab merges pieces as they are", prefix);
  if (dropout) fail("model.dropout", "none: a text has the same pieces each time", dropout);
  const isPair = (pair: unknown): pair is [string, string] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  const asPairs = Array.isArray(merges[0]); // all are of one form
  merges.forEach((merge: unknown, i) => {
    const pair = asPairs ? merge : typeof merge === "string" ? merge.split(" ") : merge;
    if (!isPair(pair))
      fail(`model.merges.${i}`, asPairs ? 'two pieces, ["a", "b"]' : 'two pieces, "a b"', merge);
    if (!Object.hasOwn(vocab, pair.join("")))
      fail(`model.merges.${i}`, "a merge into a piece of the vocabulary", merge);
  });
}

function parseModel(model: Fields): UnigramModel | RuleModel {
  const { type, vocab, byte_fallback = false } = model;
  if (type === "WordPiece" || type === "BPE") {
    const ids = fieldsAt("model.vocab", vocab);
    for (const [piece, id] of Object.entries(ids)) idAt(`model.vocab.${piece}`, id);
    if (type === "BPE") checkMerges(model, ids);
    else if (!Object.hasOwn(ids, String(model["unk_token"])))
      fail("model.unk_token", "a piece of the vocabulary", model["unk_token"]);
    return { ...model, type, vocab: ids as Record<string, number> };
  }
  if (type !== "Unigram") fail("model.type", '"Unigram", "WordPiece" or "BPE"', type);
  if (!Array.isArray(vocab) || vocab.length === 0) fail("model.vocab", "a list of pieces", vocab);
  const firstIds = new Map<string, number>();
  const pieces = vocab.map((row: unknown, id): [string, number] => {
    const [piece, score] = Array.isArray(row) ? (row as unknown[]) : [];
    if (typeof piece !== "string" || piece === "" || typeof score !== "number" || !Number.isFinite(score))
      fail(`model.vocab.${id}`, "a piece and its score", row);
    const first = firstIds.get(piece);
    if (first !== undefined) fail(`model.vocab.${id}`, `another piece than that of ${first}`, piece);
    firstIds.set(piece, id);
    return [piece, score];
  });
  const unkId = idAt("model.unk_id", model["unk_id"]);
  if (unkId >= pieces.length) fail("model.unk_id", `a number below the ${pieces.length} pieces`, unkId);
  if (typeof byte_fallback !== "boolean") fail("model.byte_fallback", "true or false", byte_fallback);
  return { ...model, type, vocab: pieces, unk_id: unkId, byte_fallback };
}
