// A Vite plugin that writes dist/.vite/modules.json: which modules each chunk of the page and of the workers holds.
// Only reports; scripts/checkBundle.mjs judges.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";

export interface ListedChunk {
  readonly file: string; // relative to dist
  readonly of: "page" | "worker";
  readonly entry: boolean;
  readonly imports: readonly string[]; // files loaded with it, not those of import()
  readonly styles: readonly string[];
  readonly modules: readonly string[]; // relative to the repository
}

/** @returns one plugin for the page's build, and a maker of the ones for the workers' builds inside it */
export function moduleList(): { page: Plugin; worker: () => Plugin } {
  const chunks = new Map<string, ListedChunk>();
  let root = "";
  const collect = (of: ListedChunk["of"]): Plugin => ({
    name: `module-list:${of}`,
    apply: "build",
    configResolved: (config) => void (root = config.root),
    // The styles of a chunk are known only once Vite's own plugins have written them.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const item of Object.values(bundle)) {
          if (item.type !== "chunk") continue;
          const meta = (item as { viteMetadata?: { importedCss?: Set<string> } }).viteMetadata;
          chunks.set(item.fileName, {
            file: item.fileName,
            of,
            entry: item.isEntry,
            imports: item.imports,
            styles: [...(meta?.importedCss ?? [])],
            modules: item.moduleIds.map((id) => relative(root, id.replace(/^\0/, "")).replaceAll("\\", "/")),
          });
        }
      },
    },
  });
  const page = collect("page");
  page.writeBundle = (options) => {
    const folder = join(options.dir ?? join(root, "dist"), ".vite");
    mkdirSync(folder, { recursive: true });
    const sorted = [...chunks.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
    writeFileSync(join(folder, "modules.json"), `${JSON.stringify(sorted, null, 1)}\n`);
  };
  return { page, worker: () => collect("worker") };
}
