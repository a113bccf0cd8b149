// Finds a Firefox on this machine, for the test that the page works in another browser. Installs nothing; scripts/setup.mjs
// does. Only Node's own modules: it runs before packages are there.
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { firstProgram } from "./programs.mjs";

export const HOW_TO_GET_FIREFOX =
  "No Firefox was found: install Firefox (on Debian `apt install firefox-esr`, or as root `npm run setup -- --firefox`), or name one in FIREFOX_PATH.";

export const HOW_TO_GET_WEBGPU =
  "Firefox finds no device for WebGPU: without a GPU install Mesa's software Vulkan (on Debian `apt install mesa-vulkan-drivers`, or as root `npm run setup -- --firefox`).";

/** Where Mesa's drivers say that they are there, of which one computes on the CPU. */
export const hasSoftwareVulkan = () =>
  ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"].some(
    (folder) => existsSync(folder) && readdirSync(folder).some((file) => file.startsWith("lvp_icd")),
  );

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
