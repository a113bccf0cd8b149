// In which language's way numbers are written for people: English, unless a page says otherwise, once, before it draws anything.
// Files are no concern of this: a page that says otherwise writes none with words in them.

let language = "en";

/** @param tag a language tag that Intl knows */
export function writeNumbersIn(tag: string): void {
  language = tag;
}

export const numbersLanguage = (): string => language;

/** "1,234.50", ".412", "−3", "9.1 %" as this page writes it: German "1.234,50", "0,412", "−3", "9,1 %". Anything else stays. */
export function written(english: string): string {
  if (language === "en") return english;
  return english.replace(
    /^([-−+]?)(\d[\d,]*)?(?:\.(\d+))?(?=$|\s?%$)/,
    (number: string, sign: string, whole: string = "", fraction: string = "") => {
      if (whole === "" && fraction === "") return number;
      const digits = fraction.length;
      const format = new Intl.NumberFormat(language, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: whole.includes(",") && "auto",
      });
      return sign + format.format(Number(`${whole.replaceAll(",", "")}.${fraction}`));
    },
  );
}

/** "-.000" -> ".000": what is printed as 0 has no sign. */
export const unsignedZero = (text: string): string => (/[1-9]/.test(text) ? text : text.replace("-", ""));

const english = new Intl.NumberFormat("en");

/** 1234 -> "1,234" */
export const wholeText = (n: number): string => written(english.format(n));
