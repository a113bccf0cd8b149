// Files inside a page: they come back as they were, a page that was cut says so, and sizes are known before there is a content.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataOf } from "./dataBlock.ts";
import { heldBlocks, heldBlocksBytes, readHeld, type HeldFile } from "./heldFiles.ts";
import { markup } from "./markup.ts";
import { pageFile, trainingBytes } from "./pageFile.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const FILES: readonly HeldFile[] = [
  { path: "models/bag/model.safetensors", content: Uint8Array.from({ length: 50_000 }, (_, i) => i % 256) },
  { path: "datasets/emoji/en/a.0.jsonl.gz", content: bytes(0, 255, 7, 60) },
  { path: "models/bag/config.json", content: bytes() },
];

/** As a browser finds them. */
function opened(html: string) {
  const textOf = (start: string) => {
    const from = html.indexOf(start);
    const to = html.indexOf("</script>", from);
    return from < 0 ? undefined : html.slice(from + start.length, to < 0 ? undefined : to);
  };
  return readHeld(textOf('<script type="application/json" id="hybrid-batch-lab-files">'), (path) =>
    textOf(`<script type="text/plain" data-file="${path}">`),
  );
}

describe("files in a page", () => {
  it("come back as they were, and take the bytes that were said", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 })), (contents) => {
        const files = contents.map((content, i) => ({
          path: `a/${i}.bin`,
          content: Uint8Array.from(content),
        }));
        const html = heldBlocks(files);
        expect(opened(html)).toEqual(files);
        expect(heldBlocksBytes(files.map(({ path, content }) => ({ path, bytes: content.length })))).toBe(
          html.length,
        );
      }),
    );
  });

  it("that were cut are told in one sentence, wherever the cut is", () => {
    const html = heldBlocks(FILES);
    expect(opened(html)).toEqual(FILES);
    for (let cut = 1; cut < html.length - 10; cut += 997) {
      const said = () => opened(html.slice(0, cut));
      expect(said).toThrow(/^This file is not whole: [^;\n]+; get the file again from where it came$/);
    }
    expect(() => opened(html.slice(0, -60))).toThrow(
      "1 of the 3 parts that it trains with are cut or missing, the first is models/bag/config.json",
    );
  });

  it("that were changed are none", () => {
    const html = heldBlocks(FILES);
    expect(() => opened(html.replace("AP8HPA==", "AP8HP!=="))).toThrow("datasets/emoji/en/a.0.jsonl.gz");
    expect(() => opened(html.replace('"bytes":4}', '"bytes":5}'))).toThrow("datasets/emoji/en/a.0.jsonl.gz");
    expect(() => opened(html.replace('"models/bag/config.json"', '"../config.json"'))).toThrow("the list");
  });

  it("have paths of files alone: these stand in attributes", () => {
    for (const path of ['a"><img>', "../a", "a b", "https://a/b"])
      expect(() => heldBlocks([{ path, content: bytes() }]), path).toThrow();
  });
});

describe("a page that trains", () => {
  const app = `"</script><script>alert(1)//"; "<!-- <script>"`;
  const parts = { title: "a", body: markup`<p>b</p>`, json: "{}" };
  const page = (script: string, files: readonly HeldFile[]) =>
    pageFile({ ...parts, training: { app: script, files } });

  it("is as large as was said", () => {
    const places = FILES.map(({ path, content }) => ({ path, bytes: content.length }));
    const larger = page("let a = 1;", FILES).length - pageFile(parts).length;
    const words = larger - trainingBytes("let a = 1;".length, places);
    expect(words).toBeGreaterThan(0);
    expect(words).toBeLessThan(300); // of its policy
  });

  it("holds a script that cannot end before its end, and is named by its hash", () => {
    const html = page(app, FILES);
    const script = /<script>(.*?)<\/script>/s.exec(html)![1]!;
    expect(script).not.toMatch(/<\/script|<!--/);
    expect(script.replaceAll(String.raw`\x3c`, "<")).toBe(app);
    expect(html).toMatch(
      /script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval'; worker-src blob:; connect-src data:;/,
    );
    expect(html).toContain("default-src 'none'");
    expect(dataOf(html)!.trim()).toBe("{}");
  });

  it("allows no script where it does not train", () => {
    expect(pageFile(parts)).not.toMatch(/script-src|worker-src|connect-src/);
  });
});
