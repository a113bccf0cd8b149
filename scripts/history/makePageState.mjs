// Drives the page of an old commit in Chromium and writes down what it kept: stored runs, preferences, a shared link.
// node scripts/history/makePageState.mjs COMMIT CHECKOUT   (checked out, set up and built: npx vite build)
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { jsonLines } from "./jsonLines.mjs";
import { findChromium, QUIET_FLAGS, WEBGPU_FLAGS } from "../chromium.mjs";

const [commit, root] = process.argv.slice(2);
const PORT = 4587;
const file = path.join(import.meta.dirname, "../../src/testing/history", commit, "page.json");
const TINY =
  "v=1&preset=hybrid&langs=en,de&heldOut=none&evalLangs=de,sw&split=dev&encoder=random&batch=16&width=16&maxTokens=16&lr=0.1&live=60";

/** Runs in the page: everything in its database as plain JSON; an array of numbers by its class and its bytes. */
async function readStorage() {
  const plain = (value) => {
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { [value.constructor.name]: btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join("")) };
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const stores = {};
  const db = await done(indexedDB.open("hybrid-batch-lab"));
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    const [keys, values] = [await done(store.getAllKeys()), await done(store.getAll())];
    stores[name] = keys.map((key, i) => ({ key, value: plain(values[i]) }));
  }
  const { version } = db;
  db.close();
  return { version, stores, localStorage: { ...localStorage } };
}

const server = spawn(
  process.execPath,
  ["node_modules/vite/bin/vite.js", "preview", "--strictPort", "--port", String(PORT)],
  {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  },
);
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...QUIET_FLAGS, ...WEBGPU_FLAGS],
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(180_000);
  const address = `http://localhost:${PORT}/`;
  const training = page.getByRole("region", { name: "Training" });
  const press = (name) => page.getByRole("button", { name, exact: true }).first().click();
  const says = (text) => training.getByRole("status").filter({ hasText: text }).waitFor();
  const open = async (hash) => {
    await page.goto("about:blank");
    for (let tries = 1; ; tries++) {
      try {
        await page.goto(`${address}#${hash}`);
        break;
      } catch (error) {
        if (tries === 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500)); // the server has just been started
      }
    }
    await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  };

  await open(`${TINY}&backend=wasm&steps=12&evalEvery=6`);
  await press("Train");
  await says("Finished 12 steps");
  await press("Share");
  const dialog = page.getByRole("dialog");
  const link = await dialog.locator("textarea").inputValue();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Star Hybrid" }).click();
  await page.locator(".runItem-name").first().dblclick();
  await page.locator(".runItem-nameBox").fill("A half of each");
  await page.keyboard.press("Enter");

  await open(`${TINY}&backend=webgpu&steps=6&evalEvery=3&preset=cross&seed=3&evalLangs=sw`);
  await press("Train");
  await says("Finished 6 steps");

  const slow = "&backend=wasm&steps=50000&evalEvery=0&batch=512&layers=2&width=64&evalLangs=de";
  await open(`${TINY}${slow}&preset=mono`);
  await press("Train");
  await says(/^Training, step \d/);
  await press("Stop");
  await says(/^Stopped at step/);

  await open(`${TINY}&backend=wasm&train=nowhere`);
  await press("Train");
  await says("nowhere");

  await open(`${TINY}${slow}&preset=multi`);
  await press("Train");
  await says(/^Training, step \d\d/);
  await page.waitForTimeout(5000); // written at most every 3 s
  await open(TINY); // cuts the run off

  await press("Hide this");
  await page.locator(".header-tools").getByRole("button").last().click(); // the theme
  await page.locator("details.panel[open] > summary").first().click();
  const hub = page.getByLabel("Address of the hub"); // not in the first pages
  if ((await hub.count()) > 0) {
    const folded = page.locator("details:not([open])", { has: hub });
    while ((await folded.count()) > 0) await folded.first().locator("summary").first().click();
    await hub.fill("https://hub.example.org");
    await hub.press("Enter");
  }
  await page.waitForTimeout(500);
  const state = await page.evaluate(readStorage);
  const { hash } = new URL(link);
  writeFileSync(file, jsonLines({ commit, link: hash.slice(1), ...state }, 5));
} finally {
  await browser.close();
  server.kill();
}
process.exit();
