// What a tokenizer.json must hold before anything is built from it. Never segments text.
import { refuse, type Fields } from "../textRules/fields.ts";

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

export interface WordPieceModel {
  readonly type: "WordPiece";
  readonly vocab: Readonly<Record<string, number>>;
  readonly unk_token: string; // a piece of the vocabulary
  readonly continuing_subword_prefix: string;
  readonly max_input_chars_per_word: number;
}

export interface BpeModel {
  readonly type: "BPE";
  readonly vocab: Readonly<Record<string, number>>;
  readonly merges: readonly (readonly [string, string])[];
  readonly unk_token: string | null; // a piece of the vocabulary; null leaves unknown characters out
  readonly fuse_unk: boolean;
  readonly byte_fallback: boolean;
  readonly ignore_merges: boolean;
  readonly continuing_subword_prefix: string;
  readonly end_of_word_suffix: string;
}

export type Model = UnigramModel | WordPieceModel | BpeModel;

/** The parts that are checked here; normalizer, pre-tokenizer and post-processor are checked where they are built (textRules). */
export interface TokenizerFile {
  readonly normalizer: object | null;
  readonly pre_tokenizer: object | null;
  readonly post_processor: object | null;
  readonly decoder: object | null;
  readonly added_tokens: readonly AddedToken[];
  readonly model: Model;
}

const MAX_PIECES = 2 ** 22; // pieces are a list by id: one id of 100 million would take gigabytes

function fieldsAt(path: string, value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(path, "an object", value);
  return value as Fields;
}
function idAt(path: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 0) refuse(path, "a whole number from 0", value);
  if ((value as number) >= MAX_PIECES) refuse(path, `a number below ${MAX_PIECES}`, value);
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
    if (typeof fields["type"] !== "string") refuse(`${name}.type`, "text", fields["type"]);
    return fields;
  };
  const added = file["added_tokens"] ?? [];
  if (!Array.isArray(added)) refuse("added_tokens", "a list", added);
  const model = parseModel(fieldsAt("model", file["model"]));
  const addedTokens = added.map((token, i) => parseAddedToken(`added_tokens.${i}`, token));
  checkAddedIds(addedTokens, model);
  return {
    ...file,
    normalizer: part("normalizer"),
    pre_tokenizer: part("pre_tokenizer"),
    post_processor: part("post_processor"),
    decoder: part("decoder"),
    added_tokens: addedTokens,
    model,
  };
}

function parseAddedToken(path: string, value: unknown): AddedToken {
  const token = fieldsAt(path, value);
  const { content, special = false } = token;
  if (typeof content !== "string" || content === "") refuse(`${path}.content`, "text", content);
  if (typeof special !== "boolean") refuse(`${path}.special`, "true or false", special);
  const [normalized, lstrip, rstrip] = [token["normalized"] ?? !special, token["lstrip"], token["rstrip"]];
  if (!special && token["single_word"] === true) {
    refuse(`${path}.single_word`, "false: an added token is found inside words too", true);
  }
  const flags = { normalized: normalized === true, lstrip: lstrip === true, rstrip: rstrip === true };
  return { ...token, id: idAt(`${path}.id`, token["id"]), content, special, ...flags };
}

/**
 * The published library gives an added token the id of the piece it spells, and the others the next ones after the pieces,
 * whatever the file says: where that is not what it says, a text would get other pieces there.
 */
function checkAddedIds(tokens: readonly AddedToken[], { type, vocab }: Model): void {
  const asked = new Set(tokens.map(({ content }) => content));
  const ids = new Map<string, number>(); // of those alone: a vocabulary is long
  let next = 0;
  const look = (piece: string, id: number) => {
    next++;
    if (asked.has(piece)) ids.set(piece, id);
  };
  if (type === "Unigram") vocab.forEach(([piece], id) => look(piece, id));
  else for (const [piece, id] of Object.entries(vocab)) look(piece, id);
  tokens.forEach(({ id, content, special }, i) => {
    const own = ids.get(content) ?? next++;
    ids.set(content, own);
    if (!special && own !== id) refuse(`added_tokens.${i}.id`, `${own}, as the library numbers it`, id);
  });
}

/** ["a b", …] or [["a", "b"], …]; all of one form. */
function parseMerges(merges: unknown, vocab: Fields, prefix: string): [string, string][] {
  if (!Array.isArray(merges)) refuse("model.merges", "a list of pairs", merges);
  const isPair = (pair: unknown): pair is [string, string] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  const asPairs = Array.isArray(merges[0]);
  return merges.map((merge: unknown, i) => {
    const pair: unknown = asPairs ? merge : typeof merge === "string" ? merge.split(" ") : merge;
    if (!isPair(pair))
      return refuse(`model.merges.${i}`, asPairs ? 'two pieces, ["a", "b"]' : 'two pieces, "a b"', merge);
    if (!Object.hasOwn(vocab, mergedPiece(pair, prefix)))
      return refuse(`model.merges.${i}`, "a merge into a piece of the vocabulary", merge);
    return pair;
  });
}

/** @param prefix what every piece but a word's first begins with; often "" */
export const mergedPiece = ([left, right]: readonly [string, string], prefix: string): string =>
  left + right.slice(prefix.length);

/** Older official files leave the type out; each kind has fields that no other has. */
function typeOf({ type, vocab, unk_id, merges, max_input_chars_per_word }: Fields): unknown {
  if (type !== undefined && type !== null) return type;
  if (merges !== undefined) return "BPE";
  if (Array.isArray(vocab) || unk_id !== undefined) return "Unigram";
  return max_input_chars_per_word === undefined ? type : "WordPiece";
}

/** Of all kinds. Any other field may be of a version that makes other pieces with it. */
const KNOWN_FIELDS = new Set([
  "type",
  "vocab",
  "unk_id",
  "unk_token",
  "byte_fallback",
  "fuse_unk",
  "ignore_merges",
  "dropout",
  "merges",
  "continuing_subword_prefix",
  "end_of_word_suffix",
  "max_input_chars_per_word",
]);

const textAt = (path: string, value: unknown): string =>
  typeof value === "string" ? value : refuse(path, "text", value);
const flagAt = (path: string, value: unknown): boolean =>
  typeof value === "boolean" ? value : refuse(path, "true or false", value);

function parseVocabulary(vocab: unknown): Readonly<Record<string, number>> {
  const ids = fieldsAt("model.vocab", vocab);
  const pieces = new Map<number, string>();
  for (const [piece, value] of Object.entries(ids)) {
    const id = idAt(`model.vocab.${piece}`, value);
    const first = pieces.get(id);
    if (first !== undefined)
      refuse(`model.vocab.${piece}`, `another id than that of ${JSON.stringify(first)}`, id);
    pieces.set(id, piece);
  }
  return ids as Readonly<Record<string, number>>;
}

function parseModel(model: Fields): Model {
  const type = typeOf(model);
  if (type !== "Unigram" && type !== "WordPiece" && type !== "BPE")
    refuse("model.type", '"Unigram", "WordPiece" or "BPE"', type);
  const odd = Object.keys(model).find((name) => !KNOWN_FIELDS.has(name));
  if (odd !== undefined) refuse(`model.${odd}`, "no such field, which the lab does not know", model[odd]);
  return type === "Unigram" ? parseUnigram(model) : type === "BPE" ? parseBpe(model) : parseWordPiece(model);
}

function parseWordPiece(model: Fields): WordPieceModel {
  const vocab = parseVocabulary(model["vocab"]);
  const unk = textAt("model.unk_token", model["unk_token"] ?? "[UNK]");
  if (!Object.hasOwn(vocab, unk)) refuse("model.unk_token", "a piece of the vocabulary", unk);
  return {
    type: "WordPiece",
    vocab,
    unk_token: unk,
    continuing_subword_prefix: textAt(
      "model.continuing_subword_prefix",
      model["continuing_subword_prefix"] ?? "##",
    ),
    max_input_chars_per_word: idAt(
      "model.max_input_chars_per_word",
      model["max_input_chars_per_word"] ?? 100,
    ),
  };
}

function parseBpe(model: Fields): BpeModel {
  const vocab = parseVocabulary(model["vocab"]);
  const { dropout } = model;
  if (dropout) refuse("model.dropout", "none: a text has the same pieces each time", dropout);
  const unk = model["unk_token"] ?? null;
  if (unk !== null && !Object.hasOwn(vocab, textAt("model.unk_token", unk)))
    refuse("model.unk_token", "a piece of the vocabulary", unk);
  const prefix = textAt("model.continuing_subword_prefix", model["continuing_subword_prefix"] ?? "");
  return {
    type: "BPE",
    vocab,
    merges: parseMerges(model["merges"], vocab, prefix),
    unk_token: unk as string | null,
    fuse_unk: flagAt("model.fuse_unk", model["fuse_unk"] ?? false),
    byte_fallback: flagAt("model.byte_fallback", model["byte_fallback"] ?? false),
    ignore_merges: flagAt("model.ignore_merges", model["ignore_merges"] ?? false),
    continuing_subword_prefix: prefix,
    end_of_word_suffix: textAt("model.end_of_word_suffix", model["end_of_word_suffix"] ?? ""),
  };
}

function parseUnigram(model: Fields): UnigramModel {
  const { vocab } = model;
  if (!Array.isArray(vocab) || vocab.length === 0) refuse("model.vocab", "a list of pieces", vocab);
  const firstIds = new Map<string, number>();
  vocab.forEach((row: unknown, id) => {
    const [piece, score] = Array.isArray(row) ? (row as unknown[]) : [];
    if (typeof piece !== "string" || piece === "" || typeof score !== "number" || !Number.isFinite(score))
      refuse(`model.vocab.${id}`, "a piece and its score", row);
    const first = firstIds.get(piece);
    if (first !== undefined) refuse(`model.vocab.${id}`, `another piece than that of ${first}`, piece);
    firstIds.set(piece, id);
  });
  const pieces = vocab as [string, number][]; // each row as it was checked
  const unkId = idAt("model.unk_id", model["unk_id"]);
  if (unkId >= pieces.length) refuse("model.unk_id", `a number below the ${pieces.length} pieces`, unkId);
  const byteFallback = flagAt("model.byte_fallback", model["byte_fallback"] ?? false);
  return { type: "Unigram", vocab: pieces, unk_id: unkId, byte_fallback: byteFallback };
}
