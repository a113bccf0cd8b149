// What a person types to find a run, held against what is said of it. Knows no run.

/** What is said, in small letters, a thing a line: "seed 3". Numbers in words have no commas. */
export const saidLines = (text: string): string[] => text.toLowerCase().split(/\n|, /);

/**
 * Whether all that is asked is said. A number is meant whole, and of the word before or behind it: "seed 2", "300 steps"; a comma
 * parts them: "seed 2, warm-up 10".
 */
export function isSaid(text: string, lines: readonly string[]): boolean {
  return text
    .toLowerCase()
    .split(/,(?!\d)/)
    .every((part) => {
      const words = part.split(/\s+/).filter(Boolean);
      return words.every((word, i) => {
        const beside = [words[i - 1], words[i + 1]].filter((near) => near !== undefined && !isNumber(near));
        const names = isNumber(word) ? (beside as string[]) : [];
        const isOf = (line: string) => names.length === 0 || names.some((name) => line.includes(name));
        return lines.some((line) => hasWord(line, word) && isOf(line));
      });
    });
}

const isNumber = (word: string) => /^\d/.test(word);

const hasWord = (line: string, word: string): boolean =>
  line.includes(word) && (!isNumber(word) || line.split(/[^\w.]+/).includes(word));
