// Which marks are always pieces of their own, so that "2020." and "2020" share a piece. Never letters or digits.

const ASCII = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~';
const LATIN = "«»‹›–—―…¿¡•·§°€£×−";
const INDIC = "।॥";
const SEMITIC = "،؛؟٪۔٫٬־׳״";
const ETHIOPIC = "።፣፤፥፦፧፡";
const SOUTH_EAST_ASIAN = "။၊។៕៖";
const EAST_ASIAN = "、。・「」『』〈〉《》【】〜";
const ARMENIAN = "՝՞՛։";

/** Apostrophes are missing on purpose: they are letters in Ukrainian, Hausa, Breton and others. */
export const PUNCTUATION: readonly string[] = [
  ...new Set(
    // Normalised, as the text is: NFKC writes some of them otherwise ("…" is "...").
    (ASCII + LATIN + INDIC + SEMITIC + ETHIOPIC + SOUTH_EAST_ASIAN + EAST_ASIAN + ARMENIAN).normalize("NFKC"),
  ),
];

const MARKS = new Set(PUNCTUATION);

/**
 * The stretches of `text` without punctuation, each with the space before it if there is one: what the vocabulary is
 * learned from, so that no piece holds a mark beside other characters. A space alone is left out.
 *
 * @param text normalised; the start of a text counts as a space
 */
export function betweenPunctuation(text: string): string[] {
  const fragments = [""];
  for (const c of ` ${text}`) {
    if (MARKS.has(c)) fragments.push("");
    else fragments[fragments.length - 1] += c;
  }
  return fragments.map((fragment) => fragment.trimEnd()).filter((fragment) => fragment !== "");
}
