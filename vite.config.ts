// How the page is built and served. Holds no path of a host: the built page works in any folder.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { contentSecurity } from "./scripts/contentSecurity.ts";
import { firstLoad } from "./scripts/firstLoad.ts";
import { guide } from "./scripts/guide/guide.ts";
import { linkPaths } from "./scripts/linkPaths.ts";
import { licences } from "./scripts/licences.ts";
import { moduleList } from "./scripts/moduleList.ts";
import { offline } from "./scripts/offline.ts";
import { oneFile, TARGET } from "./scripts/oneFile.ts";
import { sourceHash } from "./scripts/sourceHash.ts";

/**
 * Isolation gives the page precise timers and shared memory. Nothing may depend on it: hosts such as GitHub Pages send
 * no headers. `require-corp` and not `credentialless`, which Safari lacks; datasets come by CORS, which it admits.
 */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const modules = moduleList();

/** What page and workers are both built of: a page left over from another build says so when it meets a worker of this one. */
process.env["VITE_LAB_SOURCE"] = sourceHash(["src/core", "src/workers"]);

export default defineConfig({
  base: "./",
  // The page looks there for the hub, e.g. at a school's mirror, and for its sets and encoders (docs/offline.md).
  envPrefix: ["VITE_", "LAB_HUB", "LAB_DATASETS", "LAB_MODELS"],
  appType: "mpa", // a missing file is a 404, not the page again: links are hashes
  plugins: [
    react(),
    linkPaths(),
    contentSecurity(process.env["LAB_HUB"]),
    modules.page,
    licences(),
    guide(),
    oneFile(),
    offline("dist"),
  ],
  /**
   * Workers are ES modules: `new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module" })`. A worker
   * entry finds tfjs's binaries, copied beside the chunks and never fetched from another host, by
   *   import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
   *   import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
   * and hands them to training as `{ "tfjs-backend-wasm-simd.wasm": simd, "tfjs-backend-wasm.wasm": plain }`.
   */
  worker: { format: "es", plugins: () => [modules.worker()] },
  build: {
    target: TARGET,
    manifest: true,
    sourcemap: process.env["LAB_MAPS"] === "1", // beside the scripts, for a page that is published
    // A wasm binary or a font inlined as base64 would be larger, and cached with the code.
    assetsInlineLimit: 0,
    // What jspdf would fetch to draw HTML, which no figure asks for.
    rolldownOptions: {
      external: ["html2canvas", "dompurify", "canvg"],
      output: {
        codeSplitting: {
          groups: [
            { debugName: "first", name: firstLoad(fileURLToPath(new URL("index.html", import.meta.url))) },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 2500, // kB; tfjs in the workers. The page's own limit is scripts/checkBundle.mjs
  },
  server: { headers, watch: { ignored: ["**/.lab/**", "**/test-results/**", "**/out/**"] } },
  preview: { headers },
});
