// What a tokenizer file puts before and after one text: its special tokens, by id. Reads the file's post-processor; frames
// nothing itself.
import { readPart, refuse, type Fields, type PartReader } from "./fields.ts";

/** Ids before and after the text. */
export interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

const NOTHING: Frame = { before: [], after: [] };
const DEEPEST = 20;

/** @throws Error in one sentence: the place in the file, what would be right */
export function createFrame(value: object | null, path = "post_processor", depth = 0): Frame {
  if (value === null) return NOTHING;
  if (depth > DEEPEST) refuse(path, `at most ${DEEPEST} sequences in one another`, "more");
  const part = readPart(value, path);
  const make = Object.hasOwn(KINDS, part.type) ? KINDS[part.type] : undefined;
  if (!make) return refuse(`${path}.type`, `one of ${Object.keys(KINDS).join(", ")}`, part.type);
  return make(part, value as Fields, depth);
}

function idAt(path: string, value: unknown): number {
  return Number.isInteger(value) && (value as number) >= 0
    ? (value as number)
    : refuse(path, "a whole number from 0", value);
}

/** ["[CLS]", 101] */
function pairId(value: Fields, name: string, path: string): number {
  const pair = value[name];
  return Array.isArray(pair)
    ? idAt(`${path}.${name}.1`, pair[1])
    : refuse(`${path}.${name}`, "a token and its id", pair);
}

const KINDS: Readonly<Record<string, (part: PartReader, value: Fields, depth: number) => Frame>> = {
  ByteLevel: () => NOTHING,
  BertProcessing: ({ path }, value) => ({
    before: [pairId(value, "cls", path)],
    after: [pairId(value, "sep", path)],
  }),
  RobertaProcessing: ({ path }, value) => ({
    before: [pairId(value, "cls", path)],
    after: [pairId(value, "sep", path)],
  }),
  Sequence(part, _, depth) {
    // Each frames what the ones before it made.
    return part.list("processors").reduce<Frame>((inner, one, i) => {
      const outer = createFrame(one as object, `${part.path}.processors.${i}`, depth + 1);
      return { before: [...outer.before, ...inner.before], after: [...inner.after, ...outer.after] };
    }, NOTHING);
  },
  TemplateProcessing(part, value) {
    const specials = (value["special_tokens"] ?? {}) as Readonly<Record<string, { ids?: unknown }>>;
    const before: number[] = [];
    const after: number[] = [];
    let texts = 0;
    for (const [i, piece] of part.list("single").entries()) {
      const at = `${part.path}.single.${i}`;
      const { Sequence: text, SpecialToken: special } = piece as {
        Sequence?: unknown;
        SpecialToken?: { id?: unknown };
      };
      if (text !== undefined) {
        texts++;
        continue;
      }
      const name = special?.id;
      const ids = typeof name === "string" && Object.hasOwn(specials, name) ? specials[name]!.ids : undefined;
      if (!Array.isArray(ids)) refuse(at, "a text or a token that special_tokens holds", piece);
      (texts === 0 ? before : after).push(...(ids as unknown[]).map((id) => idAt(at, id)));
    }
    if (texts !== 1) refuse(`${part.path}.single`, "one place for the text", texts);
    return { before, after };
  },
};
