// Finds a Firefox on this machine, for the test that the page works in another browser. Installs nothing; scripts/setup.mjs
// does. Only Node's own modules: it runs before packages are there.
import { homedir } from "node:os";
import { join } from "node:path";
import { firstProgram } from "./programs.mjs";

export const HOW_TO_GET_FIREFOX =
  "No Firefox was found: install Firefox (on Debian `apt install firefox-esr`, or as root `npm run setup -- --firefox`), or name one in FIREFOX_PATH.";

const usualPlaces = {
  darwin: ["/Applications", join(homedir(), "Applications")].map((folder) =>
    join(folder, "Firefox.app", "Contents", "MacOS", "firefox"),
  ),
  win32: [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"]]
    .filter(Boolean)
    .map((folder) => join(folder, "Mozilla Firefox", "firefox.exe")),
};

/**
 * @returns {string | undefined} path of the program
 * @throws Error if FIREFOX_PATH names no program
 */
export const findFirefox = () =>
  firstProgram({
    variable: "FIREFOX_PATH",
    names: ["firefox-esr", "firefox"],
    elsewhere: usualPlaces[process.platform] ?? [
      "/usr/lib/firefox-esr/firefox-esr",
      "/usr/lib/firefox/firefox",
    ],
  });
