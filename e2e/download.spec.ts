// A set from its official address: cut and killed it goes on where it stopped, damaged it is refused by name.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { openLab } from "./lab.ts";

/** Invented, in NusaX' layout: a column per language, an invented number of rows. */
const COLUMNS =
  "indonesian,acehnese,banjarese,english,madurese,ngaju,sundanese,balinese,buginese,javanese,minangkabau,toba_batak".split(
    ",",
  );
const sentences = (part: string, n: number) =>
  Array.from({ length: n }, (_, i) => [i, ...COLUMNS.map((column) => `${column} ${part} ${i}`)].join(","));
const FILES = Object.fromEntries(
  Object.entries({ train: 1500, valid: 300, test: 900 }).map(([part, n]) => [
    `${part}.csv`,
    Buffer.from(`,${COLUMNS.join(",")}\n${sentences(part, n).join("\n")}\n`),
  ]),
);

type Handler = (name: string, from: number, nth: number, response: ServerResponse) => void;

/** Serves FILES as told; `asked` collects the requests: "train.csv 0". */
async function serve(handler: Handler): Promise<{ origin: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    response.setHeader("access-control-allow-origin", "*");
    const name = request.url!.slice(1);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    asked.push(`${name} ${from}`);
    handler(name, from, asked.filter((one) => one.startsWith(`${name} `)).length, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}

const whole = (response: ServerResponse, body: Buffer) =>
  response.setHeader("content-length", body.length).end(body);
const rest = (response: ServerResponse, body: Buffer, from: number) =>
  response
    .writeHead(206, { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` })
    .end(body.subarray(from));
const half = (response: ServerResponse, body: Buffer, then: () => void) =>
  response
    .setHeader("content-length", body.length)
    .write(body.subarray(0, body.length >> 1), () => setTimeout(then, 300));

/** The page's catalogue states sizes and hashes of FILES, and the official address leads to the test's server. */
async function stateFiles(context: BrowserContext, origin: string): Promise<void> {
  await context.route("**/datasets/catalog.json", async (route) => {
    const answer = await route.fetch();
    const catalog = (await answer.json()) as {
      datasets: { id: string; files: { name: string; bytes: number; sha256: string }[] }[];
    };
    for (const file of catalog.datasets.find(({ id }) => id === "nusax")!.files) {
      const body = FILES[file.name]!;
      file.bytes = body.length;
      file.sha256 = createHash("sha256").update(body).digest("hex");
    }
    await route.fulfill({ response: answer, json: catalog });
  });
  await context.route("https://raw.githubusercontent.com/**/nusax/**", (route) =>
    route.fulfill({
      status: 302,
      headers: {
        location: `${origin}/${new URL(route.request().url()).pathname.split("/").at(-1)}`,
        "access-control-allow-origin": "*",
      },
    }),
  );
}

const nusax = (page: Page) => page.getByRole("article", { name: /NusaX/ });
const accept = async (page: Page) => {
  await nusax(page)
    .getByRole("button", { name: /Download/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Accept and download" }).click();
};
const fingerprint = async (page: Page) => {
  await nusax(page).getByText("Licence, source and fingerprint").click();
  return nusax(page).locator(".dataCard-hash code").innerText();
};

test("a download that is cut and killed goes on and ends with the hash of the files themselves", async ({
  context,
  page,
}) => {
  let killed = false;
  const server = await serve((name, from, nth, response) => {
    const body = FILES[name]!;
    if (name === "train.csv" && nth === 1)
      half(response, body, () => response.destroy()); // cut
    else if (name === "valid.csv" && nth === 1) half(response, body, () => response.destroy());
    else if (name === "valid.csv")
      whole(response, body); // ignores that a range was asked for
    else if (name === "test.csv" && !killed)
      half(response, body, () => undefined); // and then silence
    else if (from > 0) rest(response, body, from);
    else whole(response, body);
  });
  await stateFiles(context, server.origin);
  await openLab(page, "/data");
  await page
    .getByLabel("Dataset files")
    .setInputFiles(Object.entries(FILES).map(([name, buffer]) => ({ name, mimeType: "text/csv", buffer })));
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await expect(nusax(page)).toContainText("32,400 queries", { timeout: 60_000 }); // 2,700 rows in 12 languages
  const expected = await fingerprint(page);
  await nusax(page).getByRole("button", { name: "Remove …" }).click();
  await nusax(page).getByRole("button", { name: "Remove", exact: true }).click();

  await accept(page);
  await expect.poll(() => server.asked, { timeout: 30_000 }).toContain("test.csv 0");
  await page.waitForTimeout(600);
  expect(server.asked.filter((one) => !one.startsWith("test"))).toEqual([
    "train.csv 0",
    `train.csv ${FILES["train.csv"]!.length >> 1}`,
    "valid.csv 0",
    `valid.csv ${FILES["valid.csv"]!.length >> 1}`,
  ]);
  await page.close();
  killed = true;
  server.asked.length = 0;

  const later = await context.newPage();
  await openLab(later, "/data");
  const left = later.getByRole("region", { name: "Unfinished downloads" }).getByRole("listitem");
  await expect(left).toContainText("NusaX");
  await left.getByRole("button", { name: "Resume" }).click();
  await expect(nusax(later).getByRole("button", { name: "Train on it" })).toBeVisible({ timeout: 60_000 });
  expect(server.asked).toEqual([`test.csv ${FILES["test.csv"]!.length >> 1}`]);
  expect(await fingerprint(later)).toBe(expected);
  await expect(left).toHaveCount(0);
  server.close();
});

test("a damaged file is refused by name, a cancelled download can be discarded, a 404 is told", async ({
  context,
  page,
}) => {
  let state: "damaged" | "silent" | "gone" = "damaged";
  const server = await serve((name, _, __, response) => {
    const body = Buffer.from(FILES[name]!);
    if (state === "gone") response.writeHead(404).end();
    else if (state === "silent") half(response, body, () => undefined);
    else {
      body[100]! ^= 1;
      whole(response, body);
    }
  });
  await stateFiles(context, server.origin);
  await openLab(page, "/data");
  await accept(page);
  await expect(nusax(page).getByText(/nusax\/.*train\.csv: sha256 is .* the catalogue states/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("Unfinished downloads")).toHaveCount(0); // nothing of it was kept

  state = "silent";
  await accept(page);
  await expect(nusax(page).getByText(/ kB of \d+ kB/)).toBeVisible();
  await nusax(page).getByRole("button", { name: "Cancel" }).click();
  await expect(nusax(page).getByText("ended at your wish; nothing was added")).toBeVisible();
  const left = page.getByRole("region", { name: "Unfinished downloads" }).getByRole("listitem");
  await left.getByRole("button", { name: "Discard" }).click();
  await expect(left).toHaveCount(0);

  state = "gone";
  await accept(page);
  await expect(nusax(page).getByText(/train\.csv: the server answered 404/)).toBeVisible();
  server.close();
});

test("only the chosen languages are fetched, also when it goes on later, and the card says what no hash vouches for", async ({
  page,
}) => {
  const mmarco: Readonly<Record<string, string>> = {
    "qrels.dev.small.tsv": "1\t0\t11\t1\n",
    "triples.train.ids.small.tsv": "2\t12\t11\n",
    "german_collection.tsv": "11\tein Haus\n12\tein Baum\n",
    "german_queries.train.tsv": "2\tBaum?\n",
    "german_queries.dev.small.tsv": "1\tHaus?\n",
  };
  const asked = new Set<string>();
  let refused = true;
  await page.route("https://huggingface.co/**/mmarco/**", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1)!;
    asked.add(name);
    const headers = { "access-control-allow-origin": "*", etag: `"${name}"` };
    if (refused && name === "german_collection.tsv") return route.fulfill({ status: 403, headers });
    return route.fulfill({ headers, body: mmarco[name]! });
  });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto("./#/data");
  const card = page.getByRole("article", { name: /mMARCO/ });
  await card.getByRole("button", { name: /Download/ }).click();
  const dialog = page.getByRole("dialog");
  const accept = dialog.getByRole("button", { name: "Accept and download" });
  await expect(accept).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("checkbox", { name: "German" }).check();
  await accept.click();
  await expect(card.getByText(/german_collection\.tsv: the server answered 403/)).toBeVisible();

  refused = false;
  const left = page.getByRole("region", { name: "Unfinished downloads" }).getByRole("listitem");
  await expect(left).toContainText(/mMARCO.*: German/);
  await left.getByRole("button", { name: "Resume" }).click();
  await expect(card).toContainText("1 language · 2 queries · 2 passages", { timeout: 60_000 });
  expect([...asked].sort()).toEqual(Object.keys(mmarco).sort());
  await card.getByText("What the conversion left out or noted (6)").click();
  await expect(card.getByText("Noted: texts in de only, as chosen")).toBeVisible();
  for (const [name, body] of Object.entries(mmarco)) {
    const hash = createHash("sha256").update(body).digest("hex");
    const note = `Noted: ${name} was not checked against a published hash; its SHA-256 is ${hash}`;
    await expect(card.getByText(note)).toBeVisible();
  }
  expect(errors).toEqual([]);
});

test("of a set with a file a language some can be fetched; with none ticked all are", async ({
  context,
  page,
}) => {
  const paragraph = {
    context: "Grey cats. Red foxes.",
    sentences: ["Grey cats.", "Red foxes."],
    sentence_breaks: [
      [0, 10],
      [11, 21],
    ],
    qas: [{ id: "q0", question: "Which?", answers: [{ answer_start: 0, text: "Grey" }] }],
  };
  const body = Buffer.from(JSON.stringify({ data: [{ title: "Animals", paragraphs: [paragraph] }] }));
  await context.route("**/datasets/catalog.json", async (route) => {
    const answer = await route.fetch();
    const catalog = (await answer.json()) as { datasets: { id: string; files: object[] }[] };
    const stated = { bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
    for (const file of catalog.datasets.find(({ id }) => id === "xquad-r")!.files)
      Object.assign(file, stated);
    await route.fulfill({ response: answer, json: catalog });
  });
  const asked = new Set<string>();
  await context.route("https://raw.githubusercontent.com/**/xquad-r/**", (route) => {
    asked.add(new URL(route.request().url()).pathname.split("/").at(-1)!);
    return route.fulfill({ headers: { "access-control-allow-origin": "*" }, body });
  });
  await openLab(page, "/data");
  const card = page.getByRole("article", { name: "XQuAD-R: questions to sentences", exact: true });
  await card.getByRole("button", { name: /Download/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("fetches 11 files (3 kB)")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "German" }).check();
  await dialog.getByRole("checkbox", { name: "Thai" }).check();
  await expect(dialog.getByText("fetches 2 files")).toBeVisible();
  await dialog.getByRole("button", { name: "Accept and download" }).click();
  // a question and two sentences in each
  await expect(card).toContainText("2 languages · 2 queries · 4 passages", { timeout: 60_000 });
  expect([...asked].sort()).toEqual(["de.json", "th.json"]);
  await card.getByText("What the conversion left out or noted (1)").click();
  await expect(card.getByText("Noted: texts in de, th only, as chosen")).toBeVisible();
});
