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
