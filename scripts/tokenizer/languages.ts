// Which languages the tokenizer is made for, and how much each counts. Never reads a file.

/** The languages of XQuAD-R: the lab's main benchmark, so they get the largest share of the vocabulary. */
export const CORE_LANGUAGES: readonly string[] = "ar de el en es hi ru th tr vi zh".split(" ");

/** Languages of the lab's other benchmarks and of its low-resource studies. */
export const STUDY_LANGUAGES: readonly string[] = (
  "am bn cs fa fi fil fr gu ha he hu hy id ig it ja jv ka kk km kn ko lo ml mr ms my ne nl om pa pl ps pt ro rw " +
  "si sn so su sv sw ta te ti ug uk ur uz wo xh yo zu"
).split(" ");

/** Written forms of one language that the corpora spell with another code. */
const SAME_LANGUAGE: Readonly<Record<string, string>> = {
  cmn: "zh",
  yue: "yue",
  prs: "fa",
  fuc: "ff",
  fuv: "ff",
  nno: "nn",
  nob: "no",
  kmr: "ku",
  tgl: "fil",
};

/**
 * The BCP 47 language of a corpus code such as "swh", "zho-TW" or "es-LA": region and script are dropped, except
 * that Serbian keeps both its scripts under "sr".
 */
export function languageOf(code: string): string {
  const base = code.split(/[-_]/)[0]!;
  return SAME_LANGUAGE[base] ?? Intl.getCanonicalLocales(base)[0]!.split("-")[0]!;
}

/**
 * How much more than its size says a language counts: 4 for the core, 1 for the studies, 0.2 for the other languages
 * of `known` (those of the embedded CLDR data), 0 for the rest.
 */
export function boostOf(lang: string, known: ReadonlySet<string>): number {
  if (CORE_LANGUAGES.includes(lang)) return 4;
  if (STUDY_LANGUAGES.includes(lang)) return 1;
  return known.has(lang) ? 0.2 : 0;
}
