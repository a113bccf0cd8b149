import { describe, expect, it } from "vitest";
import { pageOfWorker, placedFetch } from "./placedFetch.ts";

const BASE = "https://lab.example/a/b/";

/** @param settings the text of lab.json; undefined: there is none */
function open(settings: string | undefined, built: unknown = {}) {
  const asked: string[] = [];
  const server = async (url: string) => {
    if (url !== `${BASE}lab.json`) {
      asked.push(url);
      return new Response("file");
    }
    return settings === undefined ? new Response("", { status: 404 }) : new Response(settings);
  };
  return { asked, fetch: placedFetch(BASE, server, built) };
}

const PATHS = ["datasets/emoji/manifest.json", "models/bag/config.json", "studies/index.json"];
async function askedOf({ asked, fetch }: ReturnType<typeof open>): Promise<string[]> {
  for (const path of PATHS) await fetch(BASE + path);
  await fetch("https://hub.example/datasets/x");
  return asked;
}
const HUB = "https://hub.example/datasets/x";

describe("files of the page", () => {
  it.each([undefined, "{}"])(
    "lie in its own folder unless lab.json says otherwise (%s)",
    async (settings) => {
      expect(await askedOf(open(settings))).toEqual([...PATHS.map((path) => BASE + path), HUB]);
    },
  );

  it("lie where lab.json says, and that comes before what the page was built with", async () => {
    const built = { datasets: "https://built.example/d/", models: "https://built.example/m/" };
    expect(await askedOf(open('{"datasets": "https://school.example/sets"}', built))).toEqual([
      "https://school.example/sets/emoji/manifest.json",
      "https://built.example/m/bag/config.json",
      `${BASE}studies/index.json`,
      HUB,
    ]);
  });

  it("are told by name as unreachable where lab.json is no such file; the rest goes on", async () => {
    for (const [settings, said] of [
      ["<html>", "lab.json: is not JSON"],
      ['{"datasets": "ftp://x/"}', 'lab.json: "datasets" is an https address'],
    ] as const) {
      const { fetch } = open(settings);
      await expect(fetch(`${BASE}datasets/a`)).rejects.toThrow(said);
      expect((await fetch(`${BASE}studies/index.json`)).ok).toBe(true);
    }
  });

  it("are below the folder that a worker’s script is in", () => {
    expect(pageOfWorker({ href: "https://lab.example/a/b/assets/data.worker-x.js" })).toBe(BASE);
  });
});
