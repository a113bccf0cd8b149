// What a tokenizer.json must hold before anything is built from it. Never segments text.
import * as v from "valibot";

const part = v.nullish(v.looseObject({ type: v.string() }), null);
const score = v.pipe(v.number(), v.finite());
const piece = v.tuple([v.string(), score]);
const unigram = v.looseObject({
  type: v.literal("Unigram"),
  vocab: v.pipe(v.array(piece), v.minLength(1)),
  unk_id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  byte_fallback: v.optional(v.boolean(), false),
});
const vocabulary = v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(0)));
const byRule = v.looseObject({ type: v.picklist(["WordPiece", "BPE"]), vocab: vocabulary });

const tokenizerFileSchema = v.looseObject({
  normalizer: part,
  pre_tokenizer: part,
  post_processor: part,
  decoder: part,
  added_tokens: v.optional(
    v.array(
      v.looseObject({
        id: v.pipe(v.number(), v.integer(), v.minValue(0)),
        content: v.string(),
        special: v.optional(v.boolean(), false),
      }),
    ),
    [],
  ),
  model: v.variant("type", [unigram, byRule]),
});

export type TokenizerFile = v.InferOutput<typeof tokenizerFileSchema>;
export type UnigramModel = v.InferOutput<typeof unigram>;

/** A message for one issue: where in the file, and what is wrong there. */
function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return `tokenizer.json: ${path === null ? "" : `${path}: `}${issue.message}`;
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
  const result = v.safeParse(tokenizerFileSchema, value, { abortEarly: true });
  if (!result.success) throw new Error(describe(result.issues[0]));
  const { model } = result.output;
  if (model.type === "Unigram") checkPieces(model);
  return result.output;
}

function checkPieces({ vocab, unk_id }: UnigramModel): void {
  if (unk_id >= vocab.length)
    throw new Error(
      `tokenizer.json: model.unk_id: ${unk_id} is not below the ${vocab.length} pieces of model.vocab`,
    );
  const first = new Map<string, number>();
  for (const [id, [text]] of vocab.entries()) {
    const other = first.get(text);
    if (other !== undefined)
      throw new Error(`tokenizer.json: model.vocab.${id}: piece "${text}" is there already, as ${other}`);
    if (text === "") throw new Error(`tokenizer.json: model.vocab.${id}: a piece may not be empty`);
    first.set(text, id);
  }
}
