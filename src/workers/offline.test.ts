// What a person is told where there is no network: encoders, datasets, downloads, files of the page.
import { afterEach, describe, expect, it, vi } from "vitest";
import { DataError } from "../core/inputError.ts";
import { createHttpShards } from "../training/data/httpShards.ts";
import { fetchError } from "../training/data/waiting.ts";
import { downloadFile } from "../training/download/downloadFile.ts";
import { createMemoryPart } from "../training/download/fetchFiles.ts";
import { httpFiles } from "../training/pretrained/httpFiles.ts";
import { readPageText } from "./pageFiles.ts";

describe("what is said of a fetch that failed for good", () => {
  const said = new DataError("x could not be downloaded: refused (4 tries in a row)");
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("is the server's part where there is a network, or nobody knows", () => {
    expect(fetchError("x", said)).toBe(said);
    vi.stubGlobal("navigator", { onLine: true });
    expect(fetchError("x", said)).toBe(said);
  });

  it("is that there is no network, and what to do, where the browser knows that", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const offline = (what: string) =>
      `You seem to be offline: ${what} could not be fetched. Connect to the network and try again`;
    expect(fetchError("x", said)).toMatchObject({ name: "OfflineError", message: offline("x") });
    const options = { fetch: () => Promise.reject(new TypeError("Failed to fetch")), backOffMs: 1 };
    const read = httpFiles("https://lab.example/mini/", "mini", options).open("model.safetensors");
    await expect(read).rejects.toThrow(offline("mini/model.safetensors"));
    const manifest = createHttpShards("https://lab.example/toy", options).manifest();
    await expect(manifest).rejects.toThrow(offline("manifest.json"));
    const download = downloadFile({ url: "https://far.example/a/b.zip" }, createMemoryPart("b"), options);
    await expect(download).rejects.toThrow(offline("b.zip"));
    vi.stubGlobal("fetch", options.fetch);
    vi.useFakeTimers(); // it waits between its tries
    const catalog = expect(readPageText("https://lab.example/", "datasets/catalog.json")).rejects.toThrow(
      offline("catalog.json"), // reloading the page would be the wrong advice
    );
    await vi.advanceTimersByTimeAsync(10_000);
    await catalog;
  });

  it("stays the server's answer, whatever the browser says of the network", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const options = { fetch: () => Promise.resolve(new Response("", { status: 403 })), backOffMs: 1 };
    await expect(createHttpShards("https://lab.example/toy", options).manifest()).rejects.toThrow(
      "answered 403",
    );
    await expect(httpFiles("https://lab.example/mini/", "mini", options).open("a")).rejects.toThrow(
      "answered 403",
    );
  });
});
