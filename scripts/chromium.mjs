// Finds a Chromium on this machine, the SwiftShader driver beside it, and the flags for WebGPU without a GPU.
// Installs nothing; scripts/setup.mjs does. Only Node's own modules: it runs before packages are there.
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { firstProgram } from "./programs.mjs";

export const HOW_TO_GET_ONE =
  "No Chromium was found: run `npx playwright install chromium`, install Chrome, or name one in CHROMIUM_PATH.";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Where Playwright keeps the browsers it downloaded, newest first. */
function playwrightBrowsers() {
  const home = homedir();
  const cache = {
    darwin: join(home, "Library", "Caches"),
    win32: process.env.LOCALAPPDATA ?? join(home, "AppData", "Local"),
  }[process.platform];
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(cache ?? join(home, ".cache"), "ms-playwright");
  if (!existsSync(folder)) return [];
  const revision = (name) => Number(name.split("-")[1]);
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((name) => [
      join(folder, name, "chrome-linux", "chrome"),
      join(folder, name, "chrome-linux64", "chrome"),
      ...["chrome-mac", "chrome-mac-arm64", "chrome-mac-x64"].flatMap((mac) => [
        join(folder, name, mac, "Chromium.app", "Contents", "MacOS", "Chromium"),
        join(
          folder,
          name,
          mac,
          "Google Chrome for Testing.app",
          "Contents",
          "MacOS",
          "Google Chrome for Testing",
        ),
      ]),
      join(folder, name, "chrome-win", "chrome.exe"),
      join(folder, name, "chrome-win64", "chrome.exe"),
    ]);
}

function usualPlaces() {
  if (process.platform === "darwin")
    return ["/Applications", join(homedir(), "Applications")].flatMap((folder) => [
      join(folder, "Google Chrome.app", "Contents", "MacOS", "Google Chrome"),
      join(folder, "Chromium.app", "Contents", "MacOS", "Chromium"),
      join(folder, "Microsoft Edge.app", "Contents", "MacOS", "Microsoft Edge"),
    ]);
  if (process.platform === "win32")
    return [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) => [
        join(folder, "Google", "Chrome", "Application", "chrome.exe"),
        join(folder, "Chromium", "Application", "chrome.exe"),
        join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]);
  return ["/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"];
}

/**
 * @returns {string | undefined} path of the program
 * @throws Error if CHROMIUM_PATH names no program
 */
export function findChromium() {
  return firstProgram({
    variable: "CHROMIUM_PATH",
    names: NAMES,
    elsewhere: [...playwrightBrowsers(), ...usualPlaces()],
  });
}

/** @returns {string | undefined} the Vulkan driver file of SwiftShader that comes with a Chromium, for Dawn in Node */
export function findVulkanDriver() {
  if (process.platform !== "linux") return undefined;
  const chromium = findChromium();
  const folders = ["/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome"];
  if (chromium) folders.unshift(dirname(realpathSync(chromium)));
  return folders.map((folder) => join(folder, "vk_swiftshader_icd.json")).find(existsSync);
}

/** Flags for a browser under test: quiet, and able to run as root in a container. */
export const QUIET_FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Flags that give WebGPU on SwiftShader: slow, and the same on every machine. */
export const WEBGPU_FLAGS = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  ...(process.platform === "linux" ? ["--enable-features=Vulkan", "--use-vulkan=swiftshader"] : []),
];
