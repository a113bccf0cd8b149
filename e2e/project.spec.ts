// A run that leaves as a Python project: the page's zip has the files that the command line writes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { BlobReader, Uint8ArrayWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import { openLab, shot, TINY, train } from "./lab.ts";

test("is exported by the page as by the command line", async ({ page }) => {
  const dir = mkdtempSync(path.join(tmpdir(), "lab-e2e-project-"));
  try {
    await openLab(page, TINY.replace("steps=40", "steps=4"));
    await train(page, 4);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("radio", { name: /Python project/ }).check();
    await shot(page, "export-project");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save project" }).click();
    const saved = await download;
    await expect(page.getByRole("dialog").getByRole("status")).toHaveText(
      `Saved as ${saved.suggestedFilename()}`,
    );
    const zip = new Blob([readFileSync(await saved.path())]);
    const files = new Map<string, Buffer>();
    for (const entry of (await new ZipReader(new BlobReader(zip)).getEntries()) as FileEntry[])
      files.set(entry.filename.slice(entry.filename.indexOf("/") + 1), Buffer.from(await entry.getData(new Uint8ArrayWriter()))); // prettier-ignore
    const { command } = JSON.parse(files.get("experiment.json")!.toString()) as { command: string };
    const [, link, folder] = /^npm run lab -- export '(.*)' --to project --out (\S+)$/.exec(command)!;
    const words = ["export", link!, "--to", "project", "--out", path.join(dir, folder!), "--quiet"];
    execFileSync(process.execPath, ["scripts/lab.mjs", ...words]);
    const names = (at: string): string[] =>
      readdirSync(path.join(dir, folder!, at)).flatMap((name) => {
        const inside = path.posix.join(at, name);
        return statSync(path.join(dir, folder!, inside)).isDirectory() ? names(inside) : [inside];
      });
    expect([...files.keys()].sort()).toEqual(names("").sort());
    for (const [name, content] of files)
      expect(contentOf(name, readFileSync(path.join(dir, folder!, name))), name).toEqual(
        contentOf(name, content),
      );
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/** Packers differ by browser, and with them the hashes of what is packed. */
function contentOf(name: string, bytes: Buffer): unknown {
  if (name.endsWith(".gz")) return gunzipSync(bytes).toString();
  if (name !== "experiment.json") return bytes.toString("base64");
  const { files, ...told } = JSON.parse(bytes.toString()) as { files: Record<string, string> };
  return { ...told, files: Object.keys(files) };
}
