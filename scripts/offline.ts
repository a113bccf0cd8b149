// What makes the built page installable and lets it work without a network: its manifest, and its service worker with the
// list of all files of the page. Which of them are kept, and when, decides the page (src/core/offline).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { PACKED_TYPES, packedPath, typeOf, type PageFile } from "../src/core/offline/pageFiles.ts";

/** No part of the page that is kept: what the build notes, maps for debuggers, what the host’s owner may change. */
const UNLISTED = [
  "**/.*",
  "**/.*/**",
  "**/*.map",
  "offline.worker.js",
  "lab.json",
  `**/*.{${Object.keys(PACKED_TYPES).join(",")}}.gz`,
];

/** Small files gain nothing. */
const PACK_FROM_BYTES = 2000;

/** Writes what is worth it as gzip beside itself, for hosts that pack nothing. @returns whether it did */
function packBeside(file: string, bytes: Uint8Array): boolean {
  if (bytes.length < PACK_FROM_BYTES || typeOf(file) === undefined) return false;
  writeFileSync(packedPath(file), gzipSync(bytes, { level: 9 }));
  return true;
}

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
          const files = entries.map(({ url, size }): PageFile => {
            const bytes = readFileSync(join(dist, url));
            const sha256 = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
            return {
              path: url,
              bytes: size,
              sha256,
              ...(packBeside(join(dist, url), bytes) && { isPacked: true }),
            };
          });
          return { manifest: files as unknown as typeof entries }; // written as they are
        },
      ],
    },
  });
