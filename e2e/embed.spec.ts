// Parts of the lab within a page of another site: at any width, by keyboard, with messages both ways, and whatever that page tries.
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { shot, TINY, withKeys } from "./lab.ts";
import { serveOtherSite, type OtherSite } from "./otherSite.ts";

// A limit for what hangs: axe takes long on a busy machine.
test.setTimeout(600_000);

const RUN = withKeys(TINY, "backend=wasm&steps=4&evalEvery=0");
const MIX = { mono: 0.25, cross: 0.75, multi: 0 };
const SET = { lab: "hybrid-batch-lab", version: 1, type: "setMix", mix: MIX };

interface Said {
  readonly type: string;
  readonly reason?: string;
  readonly mix?: object;
  readonly status?: string;
  readonly metrics?: Record<string, { readonly now: number }>;
  readonly link?: string;
}

/** Keeps what the frame says. */
const pageWith = (
  frame: string,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title>
<body style="margin: 0"><script>window.said = []; addEventListener("message", ({ data }) => said.push(data));</script>
${frame}</body></html>`;

const said = (page: Page) => page.evaluate(() => (window as unknown as { said: Said[] }).said);
const say = (page: Page, message: unknown) =>
  page.evaluate((data) => window.frames[0]!.postMessage(data, "*"), message);

/** Nothing that axe objects to, in the frame. */
async function expectAccessibleFrame(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include("iframe").analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(" | ")}`),
  ).toEqual([]);
}

let site: OtherSite | undefined;
test.afterEach(async () => {
  await site?.close();
  site = undefined;
});

async function openCourse(page: Page, lab: string, query: string, hash = RUN): Promise<void> {
  site = await serveOtherSite((origin) =>
    pageWith(
      `<iframe title="Hybrid Batch Lab" style="width: 100%; height: 1600px; border: 0" src="${lab}?${query.replace("PARENT", encodeURIComponent(origin))}#${hash}"></iframe>`,
    ),
  );
  await page.goto(site.origin);
}

test("an embed in another site’s page trains at a click only, takes a mix and tells how its run went", async ({
  page,
  baseURL,
}) => {
  const problems: string[] = [];
  const loads: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() !== page.mainFrame()) loads.push(request.url());
  });
  await page.setViewportSize({ width: 900, height: 1600 });
  await openCourse(page, baseURL!, "view=embed&numbers=de&parent=PARENT");
  const frame = page.frameLocator("iframe");
  const status = frame.getByRole("region", { name: "Training" }).getByRole("status");
  await expect(status).toHaveText("Ready to train");
  await expect.poll(async () => (await said(page))[0]?.type).toBe("ready");

  await say(page, SET);
  await expect(frame.getByLabel("Mix: Cross-lingual, per cent")).toHaveValue("75");
  await expect
    .poll(async () => (await said(page)).at(-1))
    .toMatchObject({ type: "mixSet", mix: { ...MIX, mixedMono: 0 } });
  await expect(status).toHaveText("Ready to train");

  await frame.getByRole("button", { name: "Train" }).focus();
  await page.keyboard.press("Enter");
  await expect(status).toHaveText("Finished 4 steps", { timeout: 150_000 });
  const [started, ended] = (await said(page)).slice(-2);
  expect(started).toMatchObject({ type: "runStarted", mix: MIX, steps: 4 });
  expect(ended).toMatchObject({ type: "runEnded", status: "finished", step: 4 });
  const mono = ended!.metrics!["map/mono"]!.now;
  await expect(frame.locator(".keyNumber-now").first()).toHaveText(mono.toFixed(3).replace(".", ","));
  expect(ended!.link).toMatch(/^http:\/\/localhost:\d+\/#.*ratio=.*expect=/);

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 600, 900]) {
      await page.setViewportSize({ width, height: 1600 });
      await expectAccessibleFrame(page);
      const sideways = await frame.locator("html").evaluate((html) => html.scrollWidth - window.innerWidth);
      expect(sideways).toBeLessThanOrEqual(0);
      await shot(page, `embed-${colorScheme}-${width}`);
    }
  }
  // It keeps nothing, asks for no second load, and says nothing alarming.
  expect(loads).toHaveLength(1);
  expect(problems).toEqual([]);
  const kept = await frame.locator("html").evaluate(async () => {
    // A browser may deny a frame of another site its storage: then nothing is kept either.
    const unless = async <T>(read: () => T | Promise<T>, denied: T) => {
      try {
        return await read();
      } catch {
        return denied;
      }
    };
    return {
      isolated: window.crossOriginIsolated,
      databases: await unless(async () => (await indexedDB.databases()).map(({ name }) => name), []),
      workers: await unless(async () => (await navigator.serviceWorker.getRegistrations()).length, 0),
      text: await unless(() => localStorage.length, 0),
    };
  });
  expect(kept).toEqual({ isolated: false, databases: [], workers: 0, text: 0 });
});

test("whatever the page around sends, the mix is set by a whole message of the named page alone", async ({
  page,
  baseURL,
}) => {
  const warned: string[] = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  await openCourse(page, baseURL!, "view=embed&show=mix,train&parent=PARENT");
  const frame = page.frameLocator("iframe");
  const cross = frame.getByLabel("Mix: Cross-lingual, per cent");
  await expect.poll(async () => (await said(page))[0]?.type).toBe("ready");
  const before = await cross.inputValue();

  const refused = async (message: unknown, reason: RegExp) => {
    const heard = (await said(page)).length;
    await say(page, message);
    await expect.poll(async () => (await said(page)).length).toBe(heard + 1);
    const answer = (await said(page)).at(-1)!;
    expect(answer.type).toBe("refused");
    expect(answer.reason).toMatch(reason);
    expect(warned.at(-1)).toMatch(reason);
  };
  await refused(
    { ...SET, mix: { mono: 0.5, cross: 0.2, multi: 0.1 } },
    /sums to 0\.8; its shares must sum to 1/,
  );
  await refused({ ...SET, mix: { mono: NaN, cross: 0.5, multi: 0.5 } }, /mix\.mono must be .* got NaN/);
  await refused({ ...SET, version: 2 }, /speaks version 1 .* says 2/);
  await refused({ ...SET, type: "train" }, /by a click in the lab only/);
  await refused({ ...SET, mix: "x".repeat(1e6) }, /too large/);
  await page.evaluate(() =>
    window.frames[0]!.postMessage(
      JSON.parse(
        `{"lab":"hybrid-batch-lab","version":1,"type":"setMix","mix":{"mono":1,"cross":0,"multi":0,"__proto__":{"a":1}}}`,
      ),
      "*",
    ),
  );
  await expect.poll(async () => (await said(page)).at(-1)?.reason).toMatch(/__proto__ is no part/);

  // What is no message to the lab is not answered.
  const heard = (await said(page)).length;
  for (const other of [null, 7, "setMix", [], { type: "setMix" }]) await say(page, other);
  await refused({ ...SET, mix: [] }, /mix must be an object of shares, got a list/);
  expect((await said(page)).length).toBe(heard + 1);
  await expect(cross).toHaveValue(before);

  // A flood is cut, said once, and the page works on.
  await page.waitForTimeout(1100);
  const calm = (await said(page)).length;
  await page.evaluate(
    (message) => {
      for (let i = 0; i < 5000; i++) window.frames[0]!.postMessage(message, "*");
    },
    { ...SET, mix: { mono: 1, cross: 1, multi: 1 } },
  );
  await expect
    .poll(() => warned.filter((text) => text.includes("messages in a second")).length)
    .toBeGreaterThan(0);
  await page.waitForTimeout(1100);
  expect((await said(page)).length - calm).toBeLessThan(1500);
  await say(page, SET);
  await expect(cross).toHaveValue("75");
  await expect(frame.getByRole("status").first()).toHaveText("Ready to train");

  // Another site's page that shows the same address is a stranger to it.
  const stranger = await serveOtherSite(() =>
    pageWith(
      `<iframe title="Hybrid Batch Lab" src="${baseURL}?view=embed&show=mix,train&parent=${encodeURIComponent(site!.origin)}#${RUN}"></iframe>`,
    ),
  );
  await page.goto(stranger.origin);
  await expect(cross).toHaveValue(before);
  await say(page, SET);
  await expect
    .poll(async () => (await said(page)).at(-1)?.reason)
    .toMatch(/not the page that this embed’s address names/);
  expect((await said(page)).map(({ type }) => type)).toEqual(["refused"]);
  await expect(cross).toHaveValue(before);
  await stranger.close();
});

test("a frame that is shut off from the lab’s scripts says what it has to allow, and works once it does", async ({
  page,
  baseURL,
}) => {
  const framed = (allowed: string) =>
    pageWith(
      `<iframe title="Hybrid Batch Lab" sandbox="${allowed}" src="${baseURL}?view=embed#${RUN}"></iframe>`,
    );
  await page.setContent(framed("allow-scripts"));
  await expect(
    page.frameLocator("iframe").getByText(/has to allow allow-scripts allow-same-origin/),
  ).toBeVisible({
    timeout: 30_000,
  });
  await page.setContent(framed("allow-scripts allow-same-origin"));
  await expect(page.frameLocator("iframe").getByRole("button", { name: "Train" })).toBeVisible();
});

test("the page of examples sets the mix of its frames", async ({ page }) => {
  await page.goto("examples.html");
  const first = page.frameLocator("iframe").first();
  await expect(first.getByLabel("Mix: Cross-lingual, per cent")).toHaveValue("50");
  await page.getByRole("slider").first().fill("80");
  await expect(first.getByLabel("Mix: Cross-lingual, per cent")).toHaveValue("80");
  await expect(page.locator("#answer")).toContainText('"type":"mixSet"');
  const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await shot(page, "examples");
});
