// Long runs of combining marks in canonical order (Unicode 3.11, D109). The engine's own normalising sorts a run by inserting,
// which on a long one takes time by its square. Composes and decomposes no text as a whole.

const LONG_RUN = /\p{M}{100,}/gu;

/** A canonically equivalent text, which every form normalises as it does the given one. */
export function orderLongRuns(text: string): string {
  return LONG_RUN.test(text) ? text.replace(LONG_RUN, ordered) : text;
}

function ordered(run: string): string {
  const marks = Array.from(run, (mark) => mark.normalize("NFD")).flatMap((mark) => [...mark]);
  const rank = ranks(new Set(marks));
  let out = "";
  let held: string[] = []; // marks that change places; a starter is passed by none
  const put = () => {
    out += held.sort((a, b) => rank.get(a)! - rank.get(b)!).join(""); // stable: equal ones keep their order
    held = [];
  };
  for (const mark of marks) {
    if (rank.has(mark)) held.push(mark);
    else {
      put();
      out += mark;
    }
  }
  put();
  return out;
}

/** Each mark's place in the order of combining classes, equal in one class; starters have none. */
function ranks(marks: ReadonlySet<string>): ReadonlyMap<string, number> {
  const moving = [...marks].filter((mark) => swaps(mark, LOWEST) || swaps(HIGHEST, mark));
  moving.sort((a, b) => Number(swaps(a, b)) - Number(swaps(b, a)));
  let rank = 0;
  return new Map(
    moving.map((mark, i) => {
      if (i > 0 && swaps(mark, moving[i - 1]!)) rank++;
      return [mark, rank];
    }),
  );
}

const LOWEST = "\u0334"; // of class 1
const HIGHEST = "\u0345"; // of class 240

const swaps = (a: string, b: string): boolean => `a${a}${b}`.normalize("NFD") === `a${b}${a}`;
