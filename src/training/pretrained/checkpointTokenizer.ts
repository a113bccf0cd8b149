// A checkpoint's tokenizer, as sentence-transformers takes it: tokenizer.json, what tokenizer_config.json's class makes of
// it, and lower case where the Transformer module asks for that. Reads no weights.
import type { Architecture } from "../../core/encoders/architecture.ts";
import {
  parseTokenizerConfig,
  tokenText,
  type TokenizerConfig,
} from "../../core/encoders/tokenizerConfig.ts";
import { DataError } from "../../core/inputError.ts";
import { pulseBeforeTokenizer } from "../engine/pulse.ts";
import type { Fields } from "../textRules/fields.ts";
import { createTokenizer, withoutFrame, type Tokenizer } from "../text/tokenizer.ts";
import { parseTokenizerFile, type TokenizerFile } from "../text/tokenizerFile.ts";
import { parseJson, readText, type CheckpointFiles } from "./checkpointFiles.ts";
import { keptAccents, withOwnRules } from "./ownRules.ts";

const MAX_CONFIG_BYTES = 4 * 2 ** 20;
/** XLM-R's tokenizer.json has 17 MB. */
const MAX_TOKENIZER_BYTES = 64 * 2 ** 20;

export interface TokenizerAsked {
  readonly path: string; // of the module, within the checkpoint
  readonly architecture: Architecture;
  readonly config: unknown; // config.json, where it was read
  readonly lowerCase: boolean; // do_lower_case of sentence_bert_config.json
  readonly over: Fields; // what its processor_kwargs set over tokenizer_config.json
  readonly elsewhere: CheckpointFiles | undefined; // where tokenizer.json is, if not in the folder
}

export interface CheckpointTokenizer {
  readonly tokenizer: Tokenizer;
  readonly json: string; // of which it was made
  readonly longest: number; // tokens, by tokenizer_config.json, or by tokenizer.json for a bag
  readonly fileSha256: string; // of the tokenizer that the file alone makes
  /** What else than the file made it, in words. */
  readonly changes: readonly string[];
  readonly notes: readonly string[]; // what a person should know of how it is read
}

/** @throws DataError naming the file and what the lab does not do */
export async function openTokenizer(
  files: CheckpointFiles,
  asked: TokenizerAsked,
): Promise<CheckpointTokenizer> {
  const { path, architecture, lowerCase } = asked;
  const { json, at, isOwn } = await readTokenizer(files, path, asked.elsewhere);
  const file = parseJson(json, at) as Fields;
  const made = makeTokenizer(json, at, file);
  const truncation = (file["truncation"] ?? {}) as { direction?: unknown; max_length?: unknown };
  if (architecture.kind === "bag") {
    if (truncation.direction === "Left") throw cutsLeft(at);
    const longest = typeof truncation.max_length === "number" ? truncation.max_length : Infinity;
    const tokenizer = withoutFrame(made);
    return { tokenizer, json, longest, fileSha256: tokenizer.sha256, changes: [], notes: [] };
  }
  const checked = parseTokenizerFile(file);
  const config = await readConfig(files, asked);
  checkSides(file, config, architecture, at);
  checkTypes(checked, at);
  checkPadding(made, checked, architecture, at);
  if (config && isOwn) checkAdded(checked, config.fields, at);
  const changes: string[] = [];
  let now = file;
  // A folder without tokenizer_config.json is taken at its word; so is a file from elsewhere, which the catalogue knows.
  if (config?.rules && isOwn) {
    now = withOwnRules(file, checked, config.rules, config.fields, at);
    if (now !== file) changes.push(`its tokenizer is a ${config.rules}, as tokenizer_config.json says`);
  } else if (config && isOwn) checkFrame(made, checked, config.fields, at);
  if (lowerCase && !lowers(now["normalizer"])) {
    const steps = isSequence(now["normalizer"]) ? now["normalizer"].normalizers : [now["normalizer"] ?? []];
    const normalizers = [{ type: "Lowercase" }, ...steps.flat()];
    now = { ...now, normalizer: { type: "Sequence", normalizers } };
    changes.push("its texts are lower-cased first, as do_lower_case of sentence_bert_config.json says");
  }
  const longest = config?.longest ?? Infinity;
  const accents = config?.rules && isOwn ? keptAccents(checked, config.rules, config.fields) : undefined;
  const notes =
    accents !== undefined ? [`${at}: ${accents}`] : config || !isOwn ? [] : [withoutConfig(files.label)];
  if (changes.length === 0) {
    return { tokenizer: made, json, longest, fileSha256: made.sha256, changes, notes };
  }
  const text = JSON.stringify(now);
  return { tokenizer: makeTokenizer(text, at), json: text, longest, fileSha256: made.sha256, changes, notes };
}

async function readTokenizer(files: CheckpointFiles, path: string, elsewhere: CheckpointFiles | undefined) {
  for (const name of new Set([`${path}tokenizer.json`, "tokenizer.json"])) {
    const json = await readText(files, name, MAX_TOKENIZER_BYTES);
    if (json !== undefined) return { json, at: `${files.label}/${name}`, isOwn: true };
  }
  const json = elsewhere && (await readText(elsewhere, "tokenizer.json", MAX_TOKENIZER_BYTES));
  if (json !== undefined) return { json, at: `${elsewhere!.label}/tokenizer.json`, isOwn: false };
  throw new DataError(
    `${files.label} has no tokenizer.json; vocab.txt and .model files are not read: save the tokenizer in the fast format`,
  );
}

function makeTokenizer(json: string, where: string, parsed?: unknown): Tokenizer {
  pulseBeforeTokenizer(json.length);
  try {
    return createTokenizer(json, parsed);
  } catch (cause) {
    throw new DataError(`${where}: ${(cause as Error).message.replace(/^tokenizer\.json: /, "")}`, { cause });
  }
}

async function readConfig(
  files: CheckpointFiles,
  { path, config, over }: TokenizerAsked,
): Promise<TokenizerConfig | undefined> {
  const name = `${path}tokenizer_config.json`;
  const text = await readText(files, name, MAX_CONFIG_BYTES);
  if (text === undefined && Object.keys(over).length === 0) return undefined;
  const where = `${files.label}/${name}`;
  const { model_type, tokenizer_class } = config as { model_type: string; tokenizer_class?: unknown };
  const tokenizerClass = typeof tokenizer_class === "string" ? tokenizer_class : undefined;
  const own = text === undefined ? { tokenizer_class: "PreTrainedTokenizerFast" } : parseJson(text, where);
  const stated = typeof own === "object" && own !== null ? { ...own, ...over } : own;
  return parseTokenizerConfig(stated, { type: model_type, tokenizerClass }, where);
}

const withoutConfig = (label: string) =>
  `${label} has no tokenizer_config.json, so its tokenizer.json is taken as it is; copies that labs up to 0.2 made lack that file, and should be added again`;

const cutsLeft = (where: string) =>
  new DataError(`${where}: truncation.direction is "Left"; the lab cuts long texts at their end`);

/** tokenizer_config.json decides; what it leaves out is taken from tokenizer.json. */
function checkSides(
  { truncation, padding }: Fields,
  config: TokenizerConfig | undefined,
  architecture: Architecture,
  where: string,
): void {
  const direction = (value: unknown) => (value as { direction?: unknown } | null | undefined)?.direction;
  if (config?.fields["truncation_side"] === undefined && direction(truncation) === "Left")
    throw cutsLeft(where);
  const left = config?.paddingSide ? config.paddingSide === "left" : direction(padding) === "Left";
  if (left && architecture.kind === "transformer" && architecture.positionOffset === 0) {
    throw new DataError(
      `${where}: texts are padded on the left, where BERT counts positions from the padding: a text's vector would depend on its neighbours; padding_side should be "right"`,
    );
  }
}

/** Token type 0 is every token's here. */
function checkTypes({ post_processor }: TokenizerFile, where: string): void {
  const { single } = (post_processor ?? {}) as { single?: unknown };
  const types = (Array.isArray(single) ? single : []).flatMap((piece: unknown) =>
    Object.values((piece ?? {}) as Record<string, { type_id?: unknown } | null>).map(
      (part) => part?.type_id ?? 0,
    ),
  );
  const odd = types.find((type) => type !== 0);
  if (odd === undefined) return;
  throw new DataError(
    `${where}: post_processor.single gives a token type ${JSON.stringify(odd)}; the lab has type 0 only`,
  );
}

/** RoBERTa's kind counts no position for a piece that is its padding. */
function checkPadding(
  { prefixIds, suffixIds }: Tokenizer,
  { added_tokens: added, model }: TokenizerFile,
  architecture: Architecture,
  where: string,
): void {
  if (architecture.kind === "bag" || architecture.positionOffset === 0) return;
  const pad = architecture.positionOffset - 1;
  const inTexts = [...prefixIds, ...suffixIds, unknownId(model)];
  if (!inTexts.includes(pad) && added.some(({ id, special }) => id === pad && special)) return;
  throw new DataError(
    `${where}: pad_token_id of config.json is ${pad}, which is no padding token here: positions count from it`,
  );
}

function unknownId(model: TokenizerFile["model"]): number | undefined {
  if (model.type === "Unigram") return model.unk_id;
  return model.unk_token === null ? undefined : model.vocab[model.unk_token];
}

/** Tokens that the library would add to those of the file and find in texts. */
function checkAdded({ added_tokens: added }: TokenizerFile, config: Fields, where: string): void {
  const known = new Set(added.map(({ content }) => content));
  const decoder = config["added_tokens_decoder"];
  for (const token of typeof decoder === "object" && decoder !== null ? Object.values(decoder) : []) {
    const { content, special } = (token ?? {}) as { content?: unknown; special?: unknown };
    if (special === true || typeof content !== "string" || known.has(content)) continue;
    throw new DataError(
      `${where}: added_tokens lacks ${JSON.stringify(content.slice(0, 40))}, which tokenizer_config.json adds: save the tokenizer again`,
    );
  }
}

/** add_bos_token and add_eos_token make a frame of their own. */
function checkFrame(
  { prefixIds, suffixIds }: Tokenizer,
  file: TokenizerFile,
  config: Fields,
  where: string,
): void {
  if (!("add_bos_token" in config) && !("add_eos_token" in config)) return;
  const ids = (asked: unknown, token: unknown) =>
    asked === true
      ? file.added_tokens.filter(({ content }) => content === tokenText(token, "")).map(({ id }) => id)
      : [];
  const before = ids(config["add_bos_token"], config["bos_token"]);
  const after = ids(config["add_eos_token"], config["eos_token"]);
  if (before.join() === prefixIds.join() && after.join() === suffixIds.join()) return;
  throw new DataError(
    `${where}: post_processor puts other tokens around a text than add_bos_token and add_eos_token of tokenizer_config.json ask for; leave those out`,
  );
}

const isSequence = (part: unknown): part is { type: "Sequence"; normalizers: object[] } =>
  (part as Fields | null | undefined)?.["type"] === "Sequence";

/** As sentence-transformers looks for it: a step of its own, in the outermost list. */
function lowers(normalizer: unknown): boolean {
  const steps = isSequence(normalizer) ? normalizer.normalizers : [normalizer];
  return steps.some((step) => (step as Fields | null | undefined)?.["type"] === "Lowercase");
}
