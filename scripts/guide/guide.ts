// The guide beside the built page, and in the dev server: its text only. Pictures need a browser and are taken by
// `npm run guide` (takePictures.ts), so that a build needs none.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { GUIDE, guidePages, guideStyle } from "./guideText.ts";

/** Every file of the guide, by its path in the page's folder. */
function guideFiles(root: string): ReadonlyMap<string, string> {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const style = guideStyle(read("src/components/theme.css"), read("scripts/guide/guide.css"));
  return new Map(
    [...guidePages(read), ["guide.css", style]].map(([path, text]) => [`${GUIDE}/${path}`, text!]),
  );
}

/** Runs before the list of all files is made that the page keeps for use without a network. */
export function guide(): Plugin {
  let root = "";
  let dist = "";
  return {
    name: "guide",
    configResolved: (config) => {
      root = config.root;
      dist = join(root, config.build.outDir);
    },
    configureServer: ({ middlewares }) =>
      void middlewares.use((request, response, next) => {
        const path = (request.url ?? "").replace(/^\/|[?#].*$/g, "");
        const text = path.startsWith(`${GUIDE}/`) ? guideFiles(root).get(path) : undefined;
        if (text === undefined) return next();
        response.setHeader("Content-Type", path.endsWith(".css") ? "text/css" : "text/html");
        response.end(text);
      }),
    writeBundle: {
      order: "post",
      sequential: true,
      handler() {
        for (const [path, text] of guideFiles(root)) {
          mkdirSync(dirname(join(dist, path)), { recursive: true });
          writeFileSync(join(dist, path), text);
        }
        this.info("the guide has no pictures yet: `npm run guide` takes them");
      },
    },
  };
}
