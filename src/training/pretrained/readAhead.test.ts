// Small files fetched at once: each asked for once, and what fails is told to whoever asks.
import { describe, expect, it } from "vitest";
import { blobFiles, type CheckpointFiles } from "./checkpointFiles.ts";
import { readAhead } from "./readAhead.ts";

const text = async (files: CheckpointFiles, name: string) => {
  const bytes = await files.read(name, 100);
  return bytes && new TextDecoder().decode(bytes);
};

function counted() {
  const asked: string[] = [];
  const files = blobFiles("mini", new Map(["a", "b", "c"].map((name) => [name, new Blob([name])])));
  const far: CheckpointFiles = { ...files, read: (name, most) => (asked.push(name), files.read(name, most)) };
  return { asked, ahead: readAhead(far, ["a", "b"]) };
}

describe("files read ahead", () => {
  it("are all asked for with the first of them, and not again", async () => {
    const { asked, ahead } = counted();
    expect(await text(ahead, "c")).toBe("c");
    expect(asked).toEqual(["c"]); // is none of them
    expect(await text(ahead, "b")).toBe("b");
    expect(asked).toEqual(["c", "a", "b"]);
    expect(await text(ahead, "a")).toBe("a");
    expect(asked).toEqual(["c", "a", "b"]);
    expect(await text(ahead, "a")).toBe("a"); // a second reader
    expect(asked).toEqual(["c", "a", "b", "a"]);
  });

  it("are held to the size that is asked, and a failure is told to whoever wanted that one", async () => {
    const { ahead } = counted();
    await expect(ahead.read("a", 0)).rejects.toThrow("mini/a has 1 bytes");
    const lost = readAhead({ ...counted().ahead, read: (name) => Promise.reject(new Error(name)) }, [
      "a",
      "b",
    ]);
    await expect(lost.read("b", 100)).rejects.toThrow("b");
  });
});
