// ir_measures' names: `AP(rel=2)`, `nDCG(dcg='exp-log2')@10`, in any case. Never computes one for more than one query.
import { SpecError } from "../inputError.ts";
import * as measures from "./queryMeasures.ts";
import type { QueryMeasure } from "./queryMeasures.ts";
import { FAMILIES, measureOf, type Measure } from "./measureFamilies.ts";
import { parseCut } from "./parseCut.ts";

/** What stands in brackets, by its name there. */
type Parameters = Readonly<Record<string, number | boolean | string>>;

interface IrMeasure {
  readonly name: string; // as ir_measures prints it
  readonly plain?: string; // the family without a cut,
  readonly cut?: string; // and with one; neither: the lab's only under this name
  readonly takes?: readonly string[]; // parameters
  /** For what is under no name of trec_eval's. */
  readonly ofQuery?: (parameters: Parameters, asked: string) => QueryMeasure;
}

const BINARY = ["rel", "judged_only"];
const AP = { name: "AP", plain: "map", cut: "map_cut", takes: BINARY };
const RR = { name: "RR", plain: "recip_rank", cut: "recip_rank_cut", takes: BINARY };
const P = { name: "P", cut: "P", takes: BINARY };
const R = { name: "R", cut: "recall", takes: BINARY };

/** By name in lower case. */
const IR_MEASURES: Readonly<Record<string, IrMeasure>> = {
  ap: AP,
  map: AP,
  ndcg: { name: "nDCG", plain: "ndcg", cut: "ndcg_cut", takes: ["judged_only", "dcg"] },
  rr: RR,
  mrr: RR,
  p: P,
  precision: P,
  r: R,
  recall: R,
  success: { name: "Success", cut: "success", takes: BINARY },
  iprec: { name: "IPrec", cut: "iprec_at_recall", takes: BINARY },
  rprec: { name: "Rprec", plain: "Rprec", takes: BINARY },
  bpref: { name: "Bpref", plain: "bpref", takes: ["rel"] },
  infap: { name: "infAP", plain: "infAP", takes: ["rel"] },
  setp: { name: "SetP", plain: "set_P", takes: [...BINARY, "relative"] },
  setrelp: { name: "SetRelP", plain: "set_relative_P", takes: BINARY },
  setr: { name: "SetR", plain: "set_recall", takes: ["rel"] },
  setf: { name: "SetF", plain: "set_F", takes: [...BINARY, "beta"] },
  setap: { name: "SetAP", plain: "set_map", takes: BINARY },
  numq: { name: "NumQ", plain: "num_q" },
  numret: { name: "NumRet", plain: "num_ret", takes: ["rel"] },
  numrel: { name: "NumRel", plain: "num_rel", takes: ["rel"] },
  numrelret: { name: "NumRelRet", plain: "num_rel_ret" },
  judged: { name: "Judged", ofQuery: () => measures.judgedShare },
  err: { name: "ERR", ofQuery: () => measures.expectedReciprocalRank },
  rbp: { name: "RBP", takes: ["rel", "p"], ofQuery: rankBiased },
};

/** Those that ask for subtopics, for ideal rankings of their own, or for a greatest grade. */
const NOT_COMPUTED = new Set(
  "accuracy ap_ia map_ia alpha_dcg alpha_ndcg α_dcg α_ndcg bpm compat err_ia nerr_ia insq inst nerr8 nerr9 nerr10 nerr11 nrbp nnrbp p_ia sdcg strecall".split(
    " ",
  ),
);

function rankBiased({ rel, p = 0.8 }: Parameters, asked: string): QueryMeasure {
  if (rel === undefined) {
    throw new SpecError(`measure "${asked}": say from which grade a document counts, such as RBP(rel=1)`);
  }
  if (typeof p === "number" && p > 0 && p < 1) return measures.rankBiasedPrecision(p);
  throw new SpecError(`measure "${asked}": p must be a number between 0 and 1, got ${p}`);
}

/**
 * @returns undefined if ir_measures has no such name
 * @throws SpecError on a parameter or a cut that the measure does not take, or a measure that the lab does not compute
 */
export function parseIrMeasure(asked: string): Measure | undefined {
  const parts = /^([\p{L}_]+\d*)(?:\(([^()]*)\))?(?:@(.+))?$/su.exec(asked);
  const key = parts?.[1]?.toLowerCase() ?? "";
  if (NOT_COMPUTED.has(key)) {
    throw new SpecError(`measure "${asked}" is one of ir_measures' that the lab does not compute`);
  }
  const known = Object.hasOwn(IR_MEASURES, key) ? IR_MEASURES[key] : undefined;
  if (!parts || !known) return undefined;
  const at = known === IR_MEASURES.iprec ? "recall" : "cutoff";
  const { [at]: inBrackets, ...given } = parseParameters(parts[2] ?? "", [...(known.takes ?? []), at], asked);
  const cutText = parts[3] ?? (inBrackets === undefined ? undefined : String(inBrackets));
  const found = familyOf(known, given, cutText !== undefined, asked);
  if (!found) return undefined;
  const [familyName, ofQuery] = found;
  const family = familyName === undefined ? undefined : FAMILIES[familyName]!;
  const cut = cutText === undefined ? undefined : parseCut(cutText, family?.kind ?? "rank", asked);
  const beta = given["beta"];
  const base = family
    ? measureOf(familyName!, family, familyName === "set_F" ? weight(beta, asked) : cut)
    : { ...measureOf("", { ofQuery: ofQuery! }, cut), name: "" };
  const view = { rel: relevance(given["rel"], asked), judgedOnly: given["judged_only"] === true };
  const isPlain = view.rel === 1 && !view.judgedOnly && base.name !== "" && given["dcg"] !== "exp-log2";
  const name = isPlain ? base.name : printed(known.name, given, cut);
  return { ...base, ...(ofQuery && { ofQuery }), name, view };
}

/** The family, or a formula that is in none, or both: another formula under a family's name. */
function familyOf(
  { plain, cut, ofQuery }: IrMeasure,
  given: Parameters,
  hasCut: boolean,
  asked: string,
): readonly [family: string | undefined, ofQuery?: QueryMeasure] | undefined {
  if (ofQuery) return [undefined, ofQuery(given, asked)];
  const name = hasCut ? cut : plain;
  if (name === undefined) return undefined;
  if (name === "set_P" && given["relative"] === true) return ["set_relative_P"];
  if (name === "num_ret" && given["rel"] !== undefined) return ["num_rel_ret"];
  const { dcg = "log2" } = given;
  if (dcg === "log2") return [name];
  if (dcg === "exp-log2") return [name, measures.exponentialNdcg];
  throw new SpecError(`measure "${asked}": dcg must be 'log2' or 'exp-log2', got ${dcg}`);
}

function parseParameters(text: string, takes: readonly string[], asked: string): Parameters {
  const given: Record<string, number | boolean | string> = {};
  for (const part of text.trim() === "" ? [] : text.split(",")) {
    const [, name = "", value = ""] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (!takes.includes(name)) {
      throw new SpecError(
        `measure "${asked}": in brackets it takes ${takes.join(", ")}, got "${part.trim()}"`,
      );
    }
    const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(value);
    if (quoted) given[name] = quoted[1] ?? quoted[2]!;
    else if (/^(?:True|False)$/i.test(value)) given[name] = value.toLowerCase() === "true";
    else if (/^-?\d*\.?\d+$/.test(value)) given[name] = Number(value);
    else
      throw new SpecError(
        `measure "${asked}": ${name} must be a number, True, False or 'text', got ${value}`,
      );
  }
  return given;
}

function relevance(rel: Parameters[string] | undefined, asked: string): number {
  if (rel === undefined) return 1;
  if (typeof rel === "number" && Number.isSafeInteger(rel) && rel >= 1) return rel;
  throw new SpecError(`measure "${asked}": rel must be an integer >= 1, got ${rel}`);
}

function weight(beta: Parameters[string] | undefined, asked: string): number {
  if (beta === undefined) return 1;
  if (typeof beta === "number") return parseCut(String(beta), "weight", asked);
  throw new SpecError(`measure "${asked}": beta must be a number from 0, got ${beta}`);
}

/** As ir_measures prints it: what is given, in the order given, the cut behind. */
function printed(name: string, given: Parameters, cut: number | undefined): string {
  const word = (value: Parameters[string]) =>
    typeof value === "string" ? `'${value}'` : value === true ? "True" : value === false ? "False" : value;
  const inner = Object.entries(given).map(([key, value]) => `${key}=${word(value)}`);
  return `${name}${inner.length > 0 ? `(${inner.join(",")})` : ""}${cut === undefined ? "" : `@${cut}`}`;
}
