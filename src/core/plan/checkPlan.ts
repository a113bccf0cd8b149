// What is said of a plan before anything is trained: refused where batches cannot be filled, told where languages fall short.
import { percent } from "../percent.ts";
import { kindFacts } from "../spec/batchKind.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { balanceOf, type Balance } from "./balance.ts";
import { checkFill, neverAsked } from "./checkFill.ts";
import type { PairTable } from "./pairTable.ts";
import { planSources, type PlanRange } from "./planSources.ts";

/**
 * @param range of steps that are drawn under this spec
 * @returns sentences for a person; none where every language has its share
 * @throws SpecError where some batch cannot be filled
 */
export function checkPlan(
  spec: ExperimentSpec,
  table: PairTable,
  datasetId: string,
  range: PlanRange = {},
): string[] {
  const sources = planSources(spec, table, range);
  checkFill(spec, table, datasetId, sources);
  const never = neverAsked(spec, table);
  if (spec.batch.law === "blind") return never; // it promises no share of passages, and its sets distort
  const balances = balanceOf(table, sources, spec.batch.size);
  return [...never, ...balances.flatMap((balance) => shortfalls(balance, table.languages))];
}

const TOLD = 0.005; // less is not worth a sentence
const MOST = 6; // languages of one sentence

function shortfalls({ kind, asked, questions, passages }: Balance, languages: readonly string[]): string[] {
  const sides = kindFacts(kind).answers === "own" ? { rows: questions } : { questions, passages };
  return Object.entries(sides).flatMap(([side, got]) => {
    const short = [...languages.keys()]
      .filter((lang) => asked[lang]! - got[lang]! >= TOLD)
      .sort((a, b) => asked[b]! - got[b]! - (asked[a]! - got[a]!));
    if (short.length === 0) return [];
    const list = short
      .slice(0, MOST)
      .map((lang) => `${languages[lang]!} about ${percent(got[lang]!)} instead of ${percent(asked[lang]!)}`);
    const more = short.length > MOST ? ` and ${short.length - MOST} more languages` : "";
    return [
      `${kindFacts(kind).label} batches cannot give each language its share of ${side}: ${list.join(", ")}${more}`,
    ];
  });
}
