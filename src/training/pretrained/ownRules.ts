// What the classes of Hugging Face's library make of a tokenizer.json: its pieces, with rules of their own around them. Where
// a file says the same, it is left as it is. Follows transformers 5; runs nothing.
import { OWN_RULES, tokenText, type OwnRules } from "../../core/encoders/tokenizerConfig.ts";
import { DataError } from "../../core/inputError.ts";
import { createFrame } from "../textRules/frame.ts";
import type { Fields } from "../textRules/fields.ts";
import type { TokenizerFile } from "../text/tokenizerFile.ts";

type Part = Fields | null;
interface Rules {
  readonly normalizer: Part;
  readonly pre_tokenizer: Part;
  readonly frame: readonly [before: string, after: string];
  readonly model: Fields; // over the file's own
}

const flag = (value: unknown, unless: boolean) => (typeof value === "boolean" ? value : unless);

/** By tokenizer_config.json and the file itself. */
const RULES: Readonly<Record<OwnRules, (config: Fields, file: TokenizerFile) => Rules>> = {
  BertTokenizer: (config, file) => ({
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: flag(config["tokenize_chinese_chars"], true),
      strip_accents: "strip_accents" in config ? config["strip_accents"] : accentsOf(file),
      lowercase: flag(config["do_lower_case"], true),
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    frame: [tokenText(config["cls_token"], "[CLS]"), tokenText(config["sep_token"], "[SEP]")],
    model: {
      unk_token: tokenText(config["unk_token"], "[UNK]"),
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
    },
  }),
  RobertaTokenizer: (config) => ({
    normalizer: null,
    pre_tokenizer: {
      type: "ByteLevel",
      add_prefix_space: flag(config["add_prefix_space"], false),
      trim_offsets: true,
      use_regex: true,
    },
    frame: [tokenText(config["cls_token"], "<s>"), tokenText(config["sep_token"], "</s>")],
    model: {
      unk_token: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
    },
  }),
  XLMRobertaTokenizer: (config, file) => ({ ...sentencePiece(config, file), model: unigram(3) }),
  CamembertTokenizer: (config, file) => {
    const unknown = tokenText(config["unk_token"], "<unk>");
    const at = file.model.type === "Unigram" ? file.model.vocab.findIndex(([piece]) => piece === unknown) : 0;
    return { ...sentencePiece(config, file), model: unigram(Math.max(0, at)) };
  },
};

/** What a file itself says of accents, where the class is told nothing of them: it was saved with that (ADR 26). */
function accentsOf({ normalizer }: TokenizerFile): unknown {
  const { type, strip_accents: strip } = (normalizer ?? {}) as Fields;
  return type === "BertNormalizer" ? (strip ?? null) : null;
}

/** A sentence where the class would take accents otherwise than the file says, and is not followed. */
export function keptAccents(checked: TokenizerFile, name: OwnRules, config: Fields): string | undefined {
  const strip = accentsOf(checked);
  if (name !== "BertTokenizer" || "strip_accents" in config || strip === null) return undefined;
  if (strip === flag(config["do_lower_case"], true)) return undefined;
  return `accents are ${strip ? "taken off" : "kept"}, as tokenizer.json says; where tokenizer_config.json says nothing of strip_accents, transformers 5 goes by lower case`;
}

const unigram = (unk_id: number): Fields => ({ unk_id, byte_fallback: false });

function sentencePiece(config: Fields, { normalizer, pre_tokenizer }: TokenizerFile): Omit<Rules, "model"> {
  const steps = listOf(normalizer, "normalizers");
  const prepend_scheme = flag(config["add_prefix_space"], true) ? "always" : "never";
  const frame = [tokenText(config["bos_token"], "<s>"), tokenText(config["eos_token"], "</s>")] as const;
  if (prepend_scheme === "always" && trimsItself(steps, pre_tokenizer as Part))
    return { normalizer: normalizer as Part, pre_tokenizer: pre_tokenizer as Part, frame };
  return {
    frame,
    normalizer: steps.find(({ type }) => type === "Precompiled") ?? null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "WhitespaceSplit" },
        { type: "Metaspace", replacement: "\u2581", prepend_scheme, split: true },
      ],
    },
  };
}

/** As transformers 4 converted sentencepiece's models: the map makes spaces of all white space, of which one is left. */
function trimsItself(steps: readonly Fields[], preTokenizer: Part): boolean {
  const [map, strip, replace, ...more] = steps;
  return (
    map?.["type"] === "Precompiled" &&
    strip?.["type"] === "Strip" &&
    strip["strip_right"] === true &&
    replace?.["type"] === "Replace" &&
    JSON.stringify(replace["pattern"]) === '{"Regex":" {2,}"}' &&
    more.length === 0 &&
    isSame(preTokenizer, { type: "Metaspace" })
  );
}

/**
 * The file as its class takes it.
 * @param file its text, parsed; @param checked the same, as `parseTokenizerFile` gives it
 * @returns `file` itself where the class changes nothing
 * @throws DataError where the class cannot take the file
 */
export function withOwnRules(
  file: Fields,
  checked: TokenizerFile,
  name: OwnRules,
  config: Fields,
  where: string,
): Fields {
  const wanted = OWN_RULES[name];
  if (checked.model.type !== wanted) {
    throw new DataError(
      `${where}: the class ${name} makes ${wanted} of its pieces, and its model is ${checked.model.type}; where the file is right, tokenizer_config.json should name PreTrainedTokenizerFast`,
    );
  }
  const rules = RULES[name](config, checked);
  const [before, after] = rules.frame.map((token) => idOf(checked, token));
  if (before === undefined || after === undefined) {
    throw new DataError(`${where}: lacks ${rules.frame.join(" or ")}, which ${name} puts around a text`);
  }
  const frame = createFrame(checked.post_processor);
  const framed = frame.before.join() === `${before}` && frame.after.join() === `${after}`;
  const model = { ...(file["model"] as Fields), ...rules.model };
  if (
    framed &&
    isSame(checked.normalizer as Part, rules.normalizer) &&
    isSame(checked.pre_tokenizer as Part, rules.pre_tokenizer) &&
    Object.entries(rules.model).every(([key, value]) => sameValue(checked.model[key as "type"], value))
  ) {
    return file;
  }
  const post_processor = {
    type: "BertProcessing",
    cls: [rules.frame[0], before],
    sep: [rules.frame[1], after],
  };
  const { normalizer, pre_tokenizer } = rules;
  return { ...file, normalizer, pre_tokenizer, post_processor, model };
}

function idOf({ added_tokens: added, model }: TokenizerFile, token: string): number | undefined {
  const own = added.find(({ content }) => content === token)?.id;
  if (own !== undefined) return own;
  if (model.type !== "Unigram") return Object.hasOwn(model.vocab, token) ? model.vocab[token] : undefined;
  const at = model.vocab.findIndex(([piece]) => piece === token);
  return at === -1 ? undefined : at;
}

/** "" and nothing are one: no prefix, no unknown piece. */
const sameValue = (a: unknown, b: unknown) => (a ?? "") === (b ?? "");

/** Whether two parts do the same to every text, as far as their fields show. */
const isSame = (a: Part, b: Part) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** A part with what its fields mean where they are left out; sequences as lists. */
function plain(part: Part): unknown {
  if (part === null) return [];
  const { type } = part;
  if (type === "Sequence") {
    return listOf(part, "normalizers" in part ? "normalizers" : "pretokenizers").flatMap(
      (one) => plain(one) as unknown[],
    );
  }
  if (type === "BertNormalizer") {
    const lower = flag(part["lowercase"], true);
    const clean = [flag(part["clean_text"], true), flag(part["handle_chinese_chars"], true)];
    return [[type, ...clean, flag(part["strip_accents"], lower), lower]];
  }
  if (type === "Metaspace") {
    const scheme = part["prepend_scheme"] ?? (flag(part["add_prefix_space"], true) ? "always" : "never");
    return [[type, part["replacement"] ?? "\u2581", scheme, flag(part["split"], true)]];
  }
  if (type === "ByteLevel")
    return [[type, flag(part["add_prefix_space"], true), flag(part["use_regex"], true)]];
  return [part];
}

function listOf(part: object | null, name: string): Fields[] {
  const list: unknown = (part as Part)?.[name];
  return Array.isArray(list) ? (list as Fields[]) : part === null ? [] : [part as Fields];
}
