// What makes the built page installable and lets it work without a network: its manifest, and its service worker with the
// list of all files of the page. Which of them are kept, and when, decides the page (src/core/offline).
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** No part of the page that is kept: what the build notes, maps for debuggers, what the host’s owner may change. */
const UNLISTED = ["**/.*", "**/.*/**", "**/*.map", "offline.worker.js", "lab.json"];

/** @param dist the built page's folder */
export const offline = (dist: string): Plugin[] =>
  VitePWA({
    strategies: "injectManifest",
    srcDir: "src/workers",
    filename: "offline.worker.ts",
    injectRegister: false,
    manifest: {
      name: "Hybrid Batch Lab",
      short_name: "Batch Lab",
      description:
        "Mix batches, train a multilingual retrieval encoder in the browser, and watch languages move.",
      theme_color: "#f7f6f2",
      background_color: "#f7f6f2",
      display: "standalone",
      icons: [{ src: "favicon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
    },
    integration: {
      // Manifest and icon are in the list as all files are; the plugin would add them once more.
      beforeBuildServiceWorker: ({ injectManifest }) => void (injectManifest.additionalManifestEntries = []),
    },
    injectManifest: {
      rollupFormat: "iife", // a worker of the classic kind: older Firefox starts no other
      globPatterns: ["**/*"],
      globIgnores: UNLISTED,
      maximumFileSizeToCacheInBytes: 2 ** 30,
      manifestTransforms: [
        (entries) => {
          const files = entries.map(({ url, size }) => ({
            path: url,
            bytes: size,
            sha256: createHash("sha256")
              .update(readFileSync(join(dist, url)))
              .digest("hex")
              .slice(0, 16),
          }));
          return { manifest: files as unknown as typeof entries }; // written as they are
        },
      ],
    },
  });
