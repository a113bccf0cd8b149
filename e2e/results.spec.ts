// Intervals, the comparison of two runs, and every way out: tables, records, rankings, pictures with their recipe.
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { crc32 } from "node:zlib";
import { openLab, openView, TINY, train, withKeys } from "./lab.ts";
import { readPdf } from "./readPdf.ts";

const SHOTS = process.env["E2E_SHOTS"]; // a folder for screenshots, to be looked at

async function download(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** Name and content of each chunk of a PNG file; its checks are held against zlib's. */
function pngChunks(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, end));
    at = end + 4;
  }
  return chunks;
}

test("numbers have intervals, two runs are compared, and everything can be taken along", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 }); // charts of a narrower one are enlarged before they are saved
  const spec = withKeys(TINY, "backend=wasm");
  const errors = await openLab(page, spec.replace("preset=hybrid", "preset=mono"));
  await train(page, 40);
  await page.goto(`./#${spec}`);
  await page.reload();
  await train(page, 40);

  await test.step("intervals under the key numbers", async () => {
    await page.getByRole("button", { name: "How sure?" }).click();
    const note = page.getByRole("note").filter({ hasText: /^Ranges: 95 % over/ });
    await expect(note).toContainText(/^Ranges: 95 % over [\d,]+ question groups, seed \d+ only/, {
      timeout: 60_000, // until they are computed
    });
    await page.keyboard.press("Escape");
    await expect(note).toBeHidden();
    const mul = page.locator(".keyNumber").filter({ hasText: "All languages at once" });
    const [low, high] = (await mul.locator(".keyNumber-range").innerText())
      .replace("95 % interval", "")
      .split("–")
      .map(Number);
    const now = Number(await mul.locator(".keyNumber-now").innerText());
    expect(low).toBeLessThanOrEqual(now);
    expect(high).toBeGreaterThanOrEqual(now);
    // The change since before training has its own range, and a colour only where 0 lies outside.
    const change = mul.locator(".keyNumber-change");
    await expect(change).toContainText("["); // once it has been computed
    const [from, to] = (await change.innerText())
      .match(/\[(.+)\]/)![1]!
      .split(", ")
      .map((text) => Number(text.replace("−", "-")));
    const tile = from! > 0 || to! < 0 ? expect(mul) : expect(mul).not;
    await tile.toHaveClass(/keyNumber-(good|bad)/);
  });

  await test.step("each pair of languages has its interval", async () => {
    await openView(page, "Languages");
    const matrix = page.getByRole("figure", { name: "mAP by language pair (0–1)" });
    await matrix.getByRole("region").first().focus();
    for (const column of [0, 1]) {
      await page.keyboard.press("ArrowRight");
      await expect(matrix.locator(`td[data-row='0'][data-column='${column}']`)).toHaveAttribute(
        "data-current",
      );
    }
    const words = matrix.locator(".grid-readout");
    await expect(words).toHaveText(
      / → .+: \.\d{3} \(95 %: \.\d{3}–\.\d{3}, \d+ question groups\), \.\d{3} before/,
    );
    const [value, low, high] = (await words.innerText()).match(/\.\d{3}/g)!.map(Number);
    expect(low).toBeLessThanOrEqual(value!);
    expect(high).toBeGreaterThanOrEqual(value!);
  });

  await test.step("two runs of one test are compared unasked, and so when one is drawn beside", async () => {
    await openView(page, "Compare");
    const title = "Cr mAP: Hybrid − Monolingual";
    await expect(page.getByRole("figure", { name: title })).toBeVisible();
    await expect(page.getByRole("columnheader", { name: "Monolingual" })).toBeVisible();
    const beside = page.getByRole("checkbox", { name: "Draw Monolingual on the charts" });
    await beside.check();
    await expect(page.getByRole("figure", { name: title })).toBeVisible();
    await beside.uncheck();
  });

  await test.step("the help explains the kinds of batch", async () => {
    await page.getByRole("button", { name: "Help", exact: true }).click();
    const help = page.getByRole("dialog", { name: "What you are looking at" });
    await expect(help.getByRole("listitem").filter({ hasText: "Cross-lingual" })).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("the question is answered over questions, and says what would settle it", async () => {
    await page.getByRole("combobox", { name: "Measure of the comparison" }).selectOption("map/multi");
    const comparison = page.getByRole("region", { name: "Comparison" });
    await expect(comparison.getByRole("status")).toContainText(
      /One seed each\..*Hybrid − Monolingual: [+−][\d.]+ \[.+\], p\s[=<]\s\.\d{3} over [\d,]+ question groups\. This says nothing of other seeds\..*A test needs 6 seeds of each: 5 more\./,
    );
    await expect(comparison.getByRole("row", { name: /^Mix/ })).toBeVisible();
    await expect(
      page.getByText(/^By language: better in \d, worse in \d, undecided in \d of 2/),
    ).toBeVisible();
    if (SHOTS !== undefined) await shoot(page);
  });

  await test.step("a language that was found is highlighted in every figure", async () => {
    await openView(page, "Languages");
    const search = page.getByRole("combobox", { name: "Find a language and highlight it" });
    await search.fill("germ");
    await search.press("Enter");
    await expect(search).toHaveValue("German (de)");
    await expect(page.locator("th[data-highlighted]")).toHaveText(["de", "de"]);
    const bars = page.getByRole("figure", { name: /by language, at the end/ });
    await bars.locator("summary").click();
    await expect(bars.locator("tr[aria-current]")).toContainText("German");
    await search.fill("");
    await expect(page.locator("th[data-highlighted]")).toHaveCount(0);
    await page.getByLabel("Order of the languages").selectOption("by script");
    await expect(page.locator(".grid-group")).toHaveText("Latin");
  });

  await test.step("a chart is saved with its recipe", async () => {
    await openView(page, "Watch");
    const figure = page.getByRole("figure", { name: "mAP: Mo, Cr and Mul (0–1)" });
    const svg = await download(page, () =>
      figure.getByRole("button", { name: "Save this chart as SVG" }).click(),
    );
    expect(svg.name).toBe("Hybrid-mAP-Mo-Cr-and-Mul-0-1.svg");
    const text = svg.bytes.toString("utf8");
    const parsed = await page.evaluate((source) => {
      const found = new DOMParser().parseFromString(source, "image/svg+xml");
      return {
        broken: found.querySelector("parsererror")?.textContent ?? "",
        recipe: found.querySelector("metadata")?.textContent ?? "",
        lines: found.querySelectorAll(".recharts-line-curve, path[stroke]").length,
        unresolved: /var\(--|light-dark|color-mix|oklab/.test(source),
      };
    }, text);
    expect(parsed).toMatchObject({ broken: "", unresolved: false });
    expect(parsed.lines).toBeGreaterThanOrEqual(3);
    const recipe = JSON.parse(parsed.recipe) as { runs: { name: string; link: string; digest: string }[] };
    expect(recipe.runs[0]!.name).toBe("Hybrid");
    expect(recipe.runs[0]!.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(recipe.runs[0]!.link).toContain("#v=");
    await openView(page, "Languages");
    const languages = page.getByRole("figure", { name: "Mul mAP by language (0–1)" });
    await languages.getByRole("combobox", { name: "Size of the saved chart" }).selectOption("one column");
    const column = await download(page, () =>
      languages.getByRole("button", { name: "Save this chart as SVG" }).click(),
    );
    const paper = column.bytes.toString("utf8");
    expect(paper).toMatch(/<svg [^>]*width="84mm"/);
    expect(paper).toContain(">Mul mAP by language (0–1)</text>");
    for (const axis of [/>Step</, />Mul mAP</]) expect(paper).toMatch(axis);
    for (const prose of ["is better", "queries, pool", "1 seed"]) expect(paper).not.toContain(prose);
    if (SHOTS !== undefined) await (await import("node:fs/promises")).writeFile(`${SHOTS}/column.svg`, paper);
    for (const [view, title] of [
      ["Watch", "mAP: Mo, Cr and Mul (0–1)"],
      ["Languages", "mAP by language pair (0–1)"],
      ["Languages", /by language, at the end/],
    ] as const) {
      await openView(page, view);
      const one = page.getByRole("figure", { name: title });
      const png = await download(page, () =>
        one.getByRole("button", { name: "Save this chart as PNG" }).click(),
      );
      const chunks = pngChunks(png.bytes);
      expect(chunks.get("iTXt")!.toString("utf8")).toContain('"link":"http');
      expect(chunks.get("IHDR")!.readUInt32BE(0)).toBeGreaterThan(400);
      if (SHOTS !== undefined)
        await (await import("node:fs/promises")).writeFile(`${SHOTS}/${png.name}`, png.bytes);
      await one.getByRole("button", { name: "Enlarge" }).click(); // where the size of a saved chart has room
      await one.getByRole("combobox", { name: "Size of the saved chart" }).selectOption("two columns");
      const pdf = await download(page, () =>
        one.getByRole("button", { name: "Save this chart as PDF" }).click(),
      );
      await page.keyboard.press("Escape");
      const { widthMm, texts, hasFace, images } = readPdf(pdf.bytes);
      expect(widthMm).toBeCloseTo(176, 3);
      expect(texts[0]).toMatch(/mAP/); // its title, as text and not as a picture
      expect(texts.length).toBeGreaterThan(5); // and what stands at its axes
      expect({ hasFace, images }).toEqual({ hasFace: true, images: 0 });
      expect(pdf.bytes.toString("latin1")).toContain("/Subject"); // the recipe
    }
    if (SHOTS !== undefined)
      await (await import("node:fs/promises")).writeFile(`${SHOTS}/${svg.name}`, svg.bytes);
  });

  await test.step("the run is exported by keyboard, in every format", async () => {
    await page.getByRole("button", { name: "Export", exact: true }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    const files = new Map<string, string>();
    for (const format of [
      /^Run record/,
      /^Every point/,
      /^Table \(Markdown\)/,
      /^Table \(LaTeX\)/,
      /^MTEB/,
    ]) {
      await dialog.getByRole("radio", { name: format }).check();
      const file = await download(page, () => dialog.getByRole("button", { name: "Save file" }).click());
      files.set(file.name, file.bytes.toString("utf8"));
      if (SHOTS !== undefined && String(format).includes("Markdown"))
        await page.screenshot({ path: `${SHOTS}/export.png` });
    }
    expect([...files.keys()]).toEqual([
      "Hybrid-record.json",
      "Hybrid-points.csv",
      "Hybrid-results.md",
      "Hybrid-results.tex",
      "Hybrid-mteb.json",
    ]);
    const record = JSON.parse(files.get("Hybrid-record.json")!) as {
      schema: string;
      perQuery: object;
      perQueryBefore: object;
    };
    expect(record.schema).toBe("hybrid-batch-lab/run@1");
    expect(record.perQuery).toHaveProperty("clusters");
    expect(record.perQueryBefore).toHaveProperty("clusters");
    expect(files.get("Hybrid-points.csv")).toMatch(/^run,seed,step,metric,lang,kind,value,id\r\nHybrid,/);
    expect(files.get("Hybrid-results.md")).toMatch(/^\| Hybrid \| \.\d{3} \\\[\.\d{3}, \.\d{3}\\\]/m);
    expect(files.get("Hybrid-results.md")).toMatch(/Settings: Hybrid, .*40 steps, .*seed \d+/);
    expect(files.get("Hybrid-results.tex")).toContain("\\toprule");
    expect(files.get("Hybrid-mteb.json")).toContain('"deu-Latn"');

    await dialog.getByRole("radio", { name: /^Rankings/ }).check();
    await dialog.getByRole("radio", { name: "top 10", exact: true }).check();
    const run = await download(page, () =>
      dialog.getByRole("button", { name: "Save run and qrels" }).click(),
    );
    expect(run.name).toBe("Hybrid-multi-de-top-10.run");
    expect(run.bytes.toString("utf8").split("\n")[0]).toMatch(/^\S+ Q0 \S+ 1 -?[\d.]+ lab-[0-9a-f]{8}$/);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Export", exact: true })).toBeFocused();
  });
  expect(errors).toEqual([]);
});

test("a measure asked for by pair has its map and its means", async ({ page }) => {
  const few = TINY.replace("steps=40", "steps=4").replace("evalEvery=20", "evalEvery=0");
  const errors = await openLab(page, `${few}&backend=wasm&cuts=ndcg@10/pairs`);
  await train(page, 4);
  await openView(page, "Languages");
  await page.getByRole("radio", { name: "nDCG@10" }).check({ force: true });
  const figure = page.getByRole("figure", { name: "nDCG@10 by language pair (0–1)" });
  const [own, toEnglish, fromEnglish, across, all] = (
    await figure.locator(".pairMeans td").allInnerTexts()
  ).map(Number);
  expect(across!).toBeCloseTo((toEnglish! + fromEnglish!) / 2, 2); // two languages: one pair each way
  expect(all!).toBeCloseTo((own! + across!) / 2, 2);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/pairs.png`, fullPage: true });
  expect(errors).toEqual([]);
});

/** Light and dark, three widths: the run as it is watched, and the comparison. */
async function shoot(page: Page) {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [360, 900, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const view of ["Watch", "Compare"] as const) {
        await openView(page, view);
        await page.screenshot({ path: `${SHOTS}/${view}-${scheme}-${width}.png` });
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: `${SHOTS}/page.png` });
}
