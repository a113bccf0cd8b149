// The licences of what the built page ships: dist/licences.txt, from the packages' own files at build time. A package whose
// licence cannot be told ends the build. Only collects; which packages are shipped says the module list.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { ListedChunk } from "./moduleList.ts";

export const LICENCES = "licences.txt";

/** Shipped as files, not as modules. */
const AS_FILES = ["@fontsource-variable/inter", "@tensorflow/tfjs-backend-wasm"];

/** In whose folder the text of a licence lies that others name and do not carry. */
const BORROWED: Readonly<Record<string, string>> = {
  "Apache-2.0": "@huggingface/tokenizers",
  "BSD-3-Clause": "@zip.js/zip.js",
};

const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const SHORT: Readonly<Record<string, string>> = { ISC, MIT };

/** Folders of the packages that the chunks' modules come from, from the root: "node_modules/a/node_modules/b" too. */
export function shippedPackages(chunks: readonly Pick<ListedChunk, "modules">[]): string[] {
  const folders = chunks
    .flatMap(({ modules }) => modules)
    .flatMap((module) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? []);
  return [...new Set([...folders, ...AS_FILES.map((name) => `node_modules/${name}`)])].sort();
}

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly licenses?: readonly { readonly type: string }[]; // as packages of old wrote it
  readonly author?: string | { readonly name: string };
}

/** @throws Error naming a package whose licence cannot be told */
export function licenceText(root: string, folders: readonly string[]): string {
  const parts = folders.map((folder) => {
    const { name, version, author, ...file } = JSON.parse(
      readFileSync(join(root, folder, "package.json"), "utf8"),
    ) as PackageFile;
    const license = file.license ?? file.licenses?.map(({ type }) => type).join(" OR ");
    const own = textIn(join(root, folder));
    if (license === undefined) throw new Error(`${folder}: its package.json names no licence`);
    const by = typeof author === "string" ? author : author?.name;
    const text = own ?? textOf(root, license, by ?? `the authors of ${name}`);
    if (text === undefined) throw new Error(`${folder}: has no text of its licence ${license}`);
    return `${name} ${version}: ${license}\n\n${text.trim()}\n`;
  });
  const lab = readFileSync(join(root, "LICENSE"), "utf8").trim();
  return [`This page is built of the lab's own code:\n\n${lab}\n`, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

function textIn(folder: string): string | undefined {
  const name = readdirSync(folder).find((file) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(file));
  return name === undefined ? undefined : readFileSync(join(folder, name), "utf8");
}

function textOf(root: string, licence: string, author: string): string | undefined {
  const short = SHORT[licence];
  if (short !== undefined) return `Copyright (c) ${author}\n\n${short}`;
  const lender = BORROWED[licence];
  return lender === undefined ? undefined : textIn(join(root, "node_modules", lender));
}

/** Runs after the module list is written. */
export function licences(): Plugin {
  let root = "";
  return {
    name: "licences",
    apply: "build",
    configResolved: (config) => void (root = config.root),
    writeBundle: {
      order: "post",
      sequential: true,
      handler(options) {
        const dist = options.dir ?? join(root, "dist");
        const list = join(dist, ".vite/modules.json");
        if (!existsSync(list)) throw new Error("licences: the module list is not there yet");
        const chunks = JSON.parse(readFileSync(list, "utf8")) as ListedChunk[];
        writeFileSync(join(dist, LICENCES), licenceText(root, shippedPackages(chunks)));
      },
    },
  };
}
