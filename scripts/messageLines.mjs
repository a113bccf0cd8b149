// What a tool says of an error, as lines to print. Prints nothing.
import { stripVTControlCharacters } from "node:util";

const MOST = 8; // lines: what was waited for, how long, and what was there instead

/**
 * The first lines, without colours, blank ones and where in the code it was.
 * @param {string} message
 * @returns {string[]}
 */
export const messageLines = (message) =>
  stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line))
    .slice(0, MOST);
